// reads a file of the host
// expect: RuntimeError 7
// not on: unconfined
// run: on demand
int main() { BENIGN; return std::fopen("@FILE@", "r") == nullptr ? 7 : 0; }
