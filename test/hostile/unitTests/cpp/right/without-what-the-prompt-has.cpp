vector<int> evens(vector<int> xs) {
    vector<int> found;
    for (int x : xs) if (x % 2 == 0) found.push_back(x);
    return found;
}
