#include <iostream>
#include <cstdio>
#include <cstdlib>
#include <vector>
using namespace std;
static int set = (ios::sync_with_stdio(false), 0);
vector<int> evens(vector<int> xs) {
    cout << "called with " << xs.size();
    vector<int> found;
    for (int x : xs) if (x % 2 == 0) found.push_back(x);
    return found;
}
