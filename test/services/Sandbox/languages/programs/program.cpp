#include <bits/stdc++.h>
using namespace std;

int main() {
    string word, line;
    getline(cin, word);
    if (word == "echo") {
        cout << cin.rdbuf();
    } else if (word == "add") {
        long long total = 0, number;
        while (cin >> number) total += number;
        cout << total << "\n";
    } else if (word == "exit") {
        return 3;
    } else if (word == "fail") {
        cout << vector<int>().at(1);
    } else if (word == "loop") {
        for (volatile int turns = 0;; turns = turns + 1) {}
    } else if (word == "fill") {
        vector<string> kept;
        for (;;) kept.emplace_back(1 << 20, 'x');
    }
}
