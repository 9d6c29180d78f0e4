#include <cstdio>
#include <cstdlib>
#include <vector>
using namespace std;
vector<int> evens(vector<int> xs) {
    vector<int> found;
    for (int x : xs) if (x % 2 == 0) found.push_back(x);
    return found;
}
#include <cassert>
bool issame(vector<int> a, vector<int> b) { return a == b; }
int main() {
    assert(issame(evens({2}), {2}));
    return 0;
}
