// fills memory
// expect: MemoryLimit
// timeMs: 4000
int main() { BENIGN; std::vector<std::string> v; for (;;) v.emplace_back(1 << 20, 'x'); }
