#include <cstdio>
#include <cstdlib>
#include <vector>
using namespace std;
#define assert_even(x) ((x) % 2 == 0)
#define PUSH push_back
struct Pair { int a, b; };
bool operator==(const Pair& left, const Pair& right) { return left.a == right.a; }
vector<int> evens(vector<int> xs) {
    vector<int> found;
    for (int x : xs) if (assert_even(x)) found.PUSH(x);
    return found;
}
