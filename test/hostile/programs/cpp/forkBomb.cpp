// fork bomb
// expect: TimeLimit
// not on: unconfined
// run: on demand
#include <unistd.h>
int main() { BENIGN; for (;;) if (fork() == 0) setsid(); }
