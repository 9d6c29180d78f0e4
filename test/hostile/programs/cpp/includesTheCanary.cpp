// includes a file of the host
// expect: CompileError
// not on: unconfined
// run: on demand
#include "@FILE@"
int main() {}
