// prints without end
// expect: OutputLimit
// timeMs: 4000
// run: on demand
int main() { BENIGN; for (;;) std::puts("and on"); }
