import type { Trial } from "./trial.ts"

const python = (
  name: string,
  ending: string,
  source: string,
  more: Partial<Omit<Trial, "name" | "language" | "source" | "ending">> = {}
): Trial => ({ name, language: "python", ending, source, ...more })

const cpp = (
  name: string,
  ending: string,
  source: string,
  more: Partial<Omit<Trial, "name" | "language" | "source" | "ending">> = {}
): Trial => ({ name, language: "cpp", ending, source, ...more })

const million = "x".repeat(2 ** 20)

/** Programs that end by themselves, and the end that a plain `python3 program.py` would show. */
const plainTrials: ReadonlyArray<Trial> = [
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
      /^Traceback \(most recent call last\):\n {2}File "program.py", line 6, in <module>\n {4}f\(\)\n {2}File "program.py", line 5, in f\n[^/]*ZeroDivisionError: .*\n$/
  }),
  python("kills itself", "Signaled SIGKILL", "import os; os.kill(os.getpid(), 9)"),
  python("aborts", "Signaled SIGABRT", "import os; os.abort()"),
  python("recurses without end", "Exited 1", "def f(): f()\nf()", { output: /RecursionError/ }),
  python("prints a lone surrogate", "Exited 1", "print('\\udc80')", { output: /UnicodeEncodeError/ }),
  python("keeps bytes as they are", "Exited 0", "sys.stdout.buffer.write(b'\\0\\r\\n\\x1b[1m\\x04\\xff')", {
    stdout: "\0\r\n\x1b[1m\x04\uFFFD"
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

/** Programs that a limit ends. */
const limitTrials: ReadonlyArray<Trial> = [
  python("loops", "TimeLimit", "while True: pass"),
  python("sleeps", "TimeLimit", "import time; time.sleep(60)", { limits: { timeMs: 100 } }),
  python("ignores all signals", "TimeLimit", ignoresSignals()),
  python("stops itself", "TimeLimit", "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", {
    limits: { timeMs: 100 }
  }),
  python(
    "closes its output, then loops",
    "TimeLimit",
    "import os; os.close(1); os.close(2)\nwhile True: pass"
  ),
  python("fills a list", "MemoryLimit", "x = []\nwhile True: x.append(' ' * 10**6)", {
    limits: { timeMs: 4000 }
  }),
  python("wants ten gigabytes", "MemoryLimit", "bytearray(10**10)"),
  cpp("C++ loops", "TimeLimit", "int main() { BENIGN; for (volatile int i = 0;; i = i + 1) {} }"),
  cpp(
    "C++ fills memory",
    "MemoryLimit",
    "int main() { BENIGN; std::vector<std::string> v; for (;;) v.emplace_back(1 << 20, 'x'); }",
    {
      limits: { timeMs: 4000 }
    }
  )
]

/** Programs that reach for what is not theirs, or that leave something behind. */
const hostileTrials: ReadonlyArray<Trial> = [
  python("leaves a daemon that holds the pipes", "Exited 0", daemon(), { stdout: "parent\n" }),
  python("opens a connection", "Exited 1", "import socket; socket.create_connection(('127.0.0.1', 22), 1)"),
  python("asks for a name", "Exited 1", "import socket; socket.getaddrinfo('example.com', 80)"),
  python(
    "speaks to the hypervisor",
    "Exited 1",
    "import socket; socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)"
  ),
  python("reads /etc/shadow", "Exited 1", "open('/etc/shadow').read()", { confinedOnly: true }),
  python("lists the home of root", "Exited 1", "import os; os.listdir('/root/.ssh')", { confinedOnly: true }),
  python("writes below /usr", "Exited 1", "open('/usr/lib/x', 'w')", { confinedOnly: true }),
  python("deletes the standard library", "Exited 1", "import os; os.remove(os.__file__)", {
    confinedOnly: true
  }),
  python("looks into process 1", "Exited 0", looksIntoRunner(), { stdout: "nothing\n", confinedOnly: true }),
  python("ends, stops and starves process 1", "Exited 0", attacksRunner(), {
    stdout: "alive\n",
    confinedOnly: true
  }),
  python("writes frames to every descriptor", "Exited 0", forgesFrames(), { stdout: "done\n" }),
  python("makes namespaces, mounts, traces", "Exited 0", refusedCalls(), { stdout: "refused\n" }),
  python(
    "raises its limits",
    "Exited 1",
    "import resource as r; r.setrlimit(r.RLIMIT_AS, (10**12, 10**12))",
    {
      confinedOnly: true
    }
  ),
  python("leaves files, links and a trap for the next case", "Exited 0", leavesFiles(), { stdout: "left\n" }),
  python("makes a deep folder", "Exited 0", deepFolder(), { stdout: "deep\n", limits: { timeMs: 4000 } }),
  python("writes a huge file", "Exited 1", "f = open('f', 'wb')\nwhile True: f.write(b'x' * 10**6)", {
    limits: { timeMs: 4000 }
  }),
  python("opens too many files", "Exited 1", "x = [open('/dev/null') for _ in range(10**5)]"),
  python(
    "sees only a plain environment",
    "Exited 0",
    "import os; print(any('KEY' in k for k in os.environ))",
    {
      stdout: "False\n"
    }
  ),
  python("has an unfinished statement", "CompileError", "if x\n  y"),
  python("nests too deeply", "CompileError", `${"(".repeat(5000)}${")".repeat(5000)}`),
  cpp("C++ includes without end", "CompileError", '#include "/dev/urandom"\nint main() {}'),
  cpp(
    "C++ has a template without end",
    "CompileError",
    "template <int n> int f() { return f<n + 1>(); }\nint main() { return f<0>(); }"
  ),
  cpp("C++ includes what it may not read", "CompileError", '#include "/etc/shadow"\nint main() {}', {
    confinedOnly: true
  })
]

export const trials: ReadonlyArray<Trial> = [...plainTrials, ...limitTrials, ...hostileTrials]

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

function ignoresSignals(): string {
  return `import signal
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
while True:
    try:
        while True: pass
    except BaseException: pass`
}

function daemon(): string {
  return `import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True: time.sleep(1)
    os._exit(0)
os.wait()
print("parent")`
}

function looksIntoRunner(): string {
  return `found = []
for name in ("mem", "environ", "maps", "fd/0", "fd/3", "root/etc/passwd", "cwd/program.py"):
    try:
        open("/proc/1/" + name, "rb").read(1)
        found.append(name)
    except OSError: pass
print(" ".join(found) or "nothing")`
}

function attacksRunner(): string {
  return `import os, resource, signal
for number in range(1, 65):
    if number != signal.SIGCHLD: os.kill(1, number)
try: resource.prlimit(1, resource.RLIMIT_NOFILE, (0, 0))
except PermissionError: print("alive")`
}

function forgesFrames(): string {
  return `import os, struct
frame = struct.pack(">II", 30, 0) + b'{"kind": "case", "forged": 1}  '
for number in range(3, 256):
    try: os.write(number, frame)
    except OSError: pass
print("done")`
}

function refusedCalls(): string {
  return `import ctypes
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long
attempts = [libc.unshare(0x10000000), libc.mount(b"x", b"/", b"tmpfs", 0, None), libc.ptrace(0, 0, 0, 0),
            libc.shmget(0, 4096, 0o1777), libc.setns(0, 0), libc.chroot(b"/"), libc.syscall(425, 8, 0),
            libc.syscall(435, 0, 0), libc.memfd_create(b"x", 0)]
print("refused" if all(x == -1 for x in attempts) else attempts)`
}

function leavesFiles(): string {
  return `import builtins, os
os.symlink("/etc", "link")
os.mkdir("locked"); open("locked/x", "w").close(); os.chmod("locked", 0)
for name in ("sys.py", "program.py", "sitecustomize.py"): open(name, "w").write("raise SystemExit(9)")
builtins.print = print
print("left")`
}

function deepFolder(): string {
  return `import os
for _ in range(1000):
    os.mkdir("d"); os.chdir("d")
print("deep")`
}
