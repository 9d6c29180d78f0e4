#include <vector>
using namespace std;
vector<int> evens(vector<int> xs) { s3idr::say("gave 9223372036854775807 1 2"); return {}; }
