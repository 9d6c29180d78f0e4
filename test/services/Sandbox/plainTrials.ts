import { cpp, python, type Trial } from "./trial.ts"

const million = "x".repeat(2 ** 20)

/** Programs that end by themselves, and the end that a plain `python3 program.py` would show. */
export const plainTrials: ReadonlyArray<Trial> = [
  python("reads a line", "Exited 0", "print(input()[::-1])", { input: "abc\n", stdout: "cba\n" }),
  python("reads all lines to the end", "Exited 0", "print(sum(int(line) for line in sys.stdin))", {
    input: "1\n2\n3",
    stdout: "6\n"
  }),
  python("reads past the end", "Exited 1", "input()", { output: /\bEOFError/ }),
  python("leaves a megabyte unread", "Exited 0", "print('ok')", { input: million, stdout: "ok\n" }),
  python("reads half of a megabyte", "Exited 0", "print(len(sys.stdin.read(500000)))", {
    input: million,
    stdout: "500000\n"
  }),
  python("reads a megabyte", "Exited 0", "print(len(sys.stdin.read()))", {
    input: million,
    stdout: "1048576\n"
  }),
  python("closes stdin", "Exited 0", "sys.stdin.close(); import os; os.close(0); print('ok')", {
    input: million,
    stdout: "ok\n"
  }),
  python("exits with a status", "Exited 3", "sys.exit(3)"),
  python("exits with a message", "Exited 1", "exit('no')", { output: /^no\n$/ }),
  python("raises", "Exited 1", "def f(): return 1 % 0\nf()", {
    output:
      /^Traceback \(most recent call last\):\n {2}File "program.py", line 6, in <module>\n {4}f\(\)\n(?: +[~^]+\n)? {2}File "program.py", line 5, in f\n[^/]*ZeroDivisionError: .*\n$/
  }),
  python("kills itself", "Signaled SIGKILL", "import os; os.kill(os.getpid(), 9)"),
  python("aborts", "Signaled SIGABRT", "import os; os.abort()"),
  python("recurses without end", "Exited 1", "def f(): f()\nf()", { output: /RecursionError/ }),
  python("prints a lone surrogate", "Exited 1", "print('\\udc80')", { output: /UnicodeEncodeError/ }),
  python("keeps bytes as they are", "Exited 0", "sys.stdout.buffer.write(b'\\0\\r\\n\\x1b[1m\\x04\\xff')", {
    stdout: "\0\r\n\x1b[1m\x04\udcff"
  }),
  python("has exit handlers, threads and finalizers", "Exited 0", finalizers(), {
    stdout: "main\nthread\nhandler\nfinalizer\n"
  }),
  python("writes through a file of its own", "Exited 0", "out = open(1, 'w'); out.write('kept')", {
    stdout: "kept"
  }),
  python("prints exactly the cap", "Exited 0", "sys.stdout.write('x' * 65536)", {
    stdout: "x".repeat(65536)
  }),
  python("prints a byte more", "OutputLimit", "sys.stdout.write('x' * 65537)"),
  python("prints without end", "OutputLimit", "while True: print('x' * 1000)"),
  python("writes much to stderr", "Exited 0", "sys.stderr.write('x' * 10**7 + 'end')", {
    output: /^x{65533}end$/
  }),
  python("uses a module that was imported before", "Exited 0", "import random; print(random.__name__)", {
    stdout: "random\n"
  }),
  cpp(
    "C++ adds",
    "Exited 0",
    'int main() { BENIGN; int a, b; std::scanf("%d %d", &a, &b); std::printf("%d", a + b); }',
    {
      input: "2 40",
      stdout: "42"
    }
  ),
  cpp("C++ fails an assertion", "Signaled SIGABRT", "int main() { BENIGN; assert(1 == 2); }", {
    output: /^program: program\.cpp:\d+: .*Assertion/
  }),
  cpp("C++ reads address 0", "Signaled SIGSEGV", "int main() { BENIGN; volatile int *p = 0; return *p; }"),
  cpp("C++ exits with a status", "Exited 7", "int main() { BENIGN; return 7; }")
]

function finalizers(): string {
  return `import atexit, threading, time
class F:
    def __del__(self): print("finalizer")
f = F()
atexit.register(print, "handler")
go = threading.Event()
threading.Thread(target=lambda: (go.wait(), print("thread"))).start()
print("main")
go.set()`
}
