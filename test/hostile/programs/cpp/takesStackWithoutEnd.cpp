// takes stack without end
// expect: RuntimeError SIGSEGV
// timeMs: 4000
// run: on demand
int f(int n) { volatile char page[4096]; page[0] = n; return f(n + 1) + page[0]; }
int main() { BENIGN; return f(0); }
