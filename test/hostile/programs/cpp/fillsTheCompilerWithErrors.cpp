// fills the compiler with errors
// expect: CompileError
// run: on demand
#define TEN(x) x x x x x x x x x x
int main() { TEN(TEN(TEN(TEN(TEN(y + ;))))) }
