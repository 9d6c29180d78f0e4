#include <cstdio>
#include <cstdlib>
#include <vector>
using namespace std;
vector<int> evens(vector<int> xs) { return {}; }
#undef main
int main() { return 0; }
