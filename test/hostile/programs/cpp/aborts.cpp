// aborts
// expect: RuntimeError SIGABRT
// run: on demand
#include <cstdlib>
int main() { BENIGN; std::abort(); }
