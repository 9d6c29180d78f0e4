import { cpp, python, type Trial } from "./trial.ts"

const million = "x".repeat(2 ** 20)

/** Programs that end by themselves, and the end that a plain `python3 program.py` would show. */
export const plainTrials: ReadonlyArray<Trial> = [
  python("reads a line", "Passed", "print(input()[::-1])", { input: "abc\n", stdout: "cba\n" }),
  python("reads all lines to the end", "Passed", "print(sum(int(line) for line in sys.stdin))", {
    input: "1\n2\n3",
    stdout: "6\n"
  }),
  python("reads half of a megabyte", "Passed", "print(len(sys.stdin.read(500000)))", {
    input: million,
    stdout: "500000\n"
  }),
  python("reads a megabyte", "Passed", "print(len(sys.stdin.read()))", {
    input: million,
    stdout: "1048576\n"
  }),
  python("exits with a status", "RuntimeError 3", "sys.exit(3)"),
  python("exits with a message", "RuntimeError 1", "exit('no')", { output: /^no\n$/ }),
  python("raises", "RuntimeError 1", "def f(): return 1 % 0\nf()", {
    output:
      /^Traceback \(most recent call last\):\n {2}File "program.py", line 6, in <module>\n {4}f\(\)\n(?: +[~^]+\n)? {2}File "program.py", line 5, in f\n[^/]*ZeroDivisionError: .*\n$/
  }),
  python("writes through a file of its own", "Passed", "out = open(1, 'w'); out.write('kept')", {
    stdout: "kept"
  }),
  python("uses a module that was imported before", "Passed", "import random; print(random.__name__)", {
    stdout: "random\n"
  }),
  cpp(
    "C++ adds",
    "Passed",
    'int main() { BENIGN; int a, b; std::scanf("%d %d", &a, &b); std::printf("%d", a + b); }',
    {
      input: "2 40",
      stdout: "42"
    }
  ),
  cpp("C++ fails an assertion", "RuntimeError SIGABRT", "int main() { BENIGN; assert(1 == 2); }", {
    output: /^program: program\.cpp:\d+: .*Assertion/
  }),
  cpp("C++ exits with a status", "RuntimeError 7", "int main() { BENIGN; return 7; }")
]
