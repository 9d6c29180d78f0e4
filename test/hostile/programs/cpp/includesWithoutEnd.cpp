// includes without end
// expect: CompileError
#include "/dev/urandom"
int main() {}
