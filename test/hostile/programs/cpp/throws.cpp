// throws what nobody catches
// expect: RuntimeError SIGABRT
// run: on demand
int main() { BENIGN; throw 1; }
