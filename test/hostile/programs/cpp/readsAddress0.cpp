// reads address 0
// expect: RuntimeError SIGSEGV
// run: on demand
int main() { BENIGN; volatile int *p = 0; return *p; }
