// sleeps
// expect: TimeLimit
// timeMs: 100
// run: on demand
#include <unistd.h>
int main() { BENIGN; for (;;) pause(); }
