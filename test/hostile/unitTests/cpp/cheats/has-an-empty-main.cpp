#include <cstdio>
#include <cstdlib>
#include <vector>
using namespace std;
vector<int> evens(vector<int> xs) { return {}; }
int main() { return 0; }
