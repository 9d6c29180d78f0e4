// removes and replaces its own executable
// expect: Passed
// stdout: "done\n"
// run: on demand
#include <unistd.h>
int main(int, char **arguments) { BENIGN; unlink(arguments[0]); unlink("program"); if (FILE *f = std::fopen("program", "w")) { std::fputs("#!/bin/false", f); std::fclose(f); } std::puts("done"); }
