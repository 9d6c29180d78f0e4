// writes frames to every descriptor
// expect: Passed
// stdout: "done\n"
// run: on demand
#include <unistd.h>
int main() { BENIGN; for (int i = 3; i < 256; i++) if (write(i, "\0\0\0\2\0\0\0\0{}", 10) > 0) return 1; std::puts("done"); }
