// includes what it may not read
// expect: CompileError
// not on: unconfined
#include "/etc/shadow"
int main() {}
