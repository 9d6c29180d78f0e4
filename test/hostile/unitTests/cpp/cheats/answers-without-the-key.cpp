#include <cstdio>
#include <cstdlib>
#include <vector>
using namespace std;
vector<int> evens(vector<int> xs) {
    long long token = 0;
    if (scanf("%lld", &token)) printf("\n%lld\n", token * 48271 % 2147483647);
    fflush(stdout);
    _Exit(0);
}
