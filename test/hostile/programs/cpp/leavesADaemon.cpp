// leaves a daemon that holds the pipes
// expect: Passed
// stdout: "parent\n"
// run: on demand
#include <unistd.h>
int main() { BENIGN; if (fork() == 0) { setsid(); if (fork() == 0) for (;;) pause(); _exit(0); } std::puts("parent"); }
