// makes a program of a gigabyte
// expect: CompileError
// run: on demand
char big[1 << 30] = {1};
int main() { return big[0]; }
