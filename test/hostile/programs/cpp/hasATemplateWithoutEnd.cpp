// has a template without end
// expect: CompileError
template <int n> int f() { return f<n + 1>(); }
int main() { return f<0>(); }
