// kills itself
// expect: RuntimeError SIGKILL
// run: on demand
#include <csignal>
int main() { BENIGN; std::raise(SIGKILL); }
