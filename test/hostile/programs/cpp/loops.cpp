// loops
// expect: TimeLimit
int main() { BENIGN; for (volatile int i = 0;; i = i + 1) {} }
