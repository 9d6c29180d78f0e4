// ignores all signals
// expect: TimeLimit
// run: on demand
#include <csignal>
int main() { BENIGN; for (int i = 1; i < 65; i++) std::signal(i, SIG_IGN); for (volatile int i = 0;; i = i + 1) {} }
