import { cpp, python, type Trial } from "../services/Sandbox/trial.ts"

const forkBomb = (more: string) => `import os
while True:
    try:
        if os.fork() == 0:
            ${more}
    except OSError: pass`

/** Programs that flood the machine with processes, memory, files or text. */
export const floods: ReadonlyArray<Trial> = [
  python("fork bomb", "TimeLimit", forkBomb("pass")),
  python("fork bomb of sessions", "TimeLimit", forkBomb("os.setsid()")),
  python("children whose parents leave", "Exited 0", daemons(), {
    stdout: "left\n"
  }),
  python(
    "zombies",
    "Exited 0",
    "import os\nfor _ in range(40):\n    if os.fork() == 0: os._exit(0)\nprint('done')",
    {
      stdout: "done\n"
    }
  ),
  python("stops its group", "TimeLimit", "import os, signal; os.killpg(0, signal.SIGSTOP)"),
  python(
    "kills all that it can",
    "Signaled SIGKILL",
    "import os\ntry: os.kill(-1, 9)\nexcept OSError: os.kill(0, 9)",
    {
      confinedOnly: true
    }
  ),
  python("catastrophic pattern", "TimeLimit", "import re; re.match('(a+)+$', 'a' * 64 + 'b')"),
  python("a number without end", "TimeLimit", "print(9**9**9)"),
  python(
    "catches every exception, and loops",
    "TimeLimit",
    "while True:\n    try: raise SystemExit\n    except BaseException: pass"
  ),
  python("many children, each below the limit", "MemoryLimit", children(), {
    limits: { timeMs: 20_000 },
    confinedOnly: true
  }),
  python("one write of 200 MB", "OutputLimit", "import os\nos.write(1, b'x' * (200 * 2**20))", {
    limits: { memoryBytes: 512 * 2 ** 20 }
  }),
  python("stderr without end", "TimeLimit", "while True: sys.stderr.write('x' * 65536)"),
  python(
    "files without end",
    "TimeLimit",
    "i = 0\nwhile True:\n    i += 1\n    try: open(str(i), 'w').close()\n    except OSError: pass",
    {
      confinedOnly: true
    }
  ),
  python("a full disk", "Exited 1", "for i in range(100): open(str(i), 'wb').write(b'x' * 10**7)", {
    limits: { timeMs: 10_000 },
    confinedOnly: true
  }),
  python("a sparse file", "Exited 1", "open('f', 'wb').truncate(2**40)"),
  python(
    "a folder as deep as the disk allows",
    "TimeLimit",
    "import os\nwhile True:\n    try: os.mkdir('d')\n    except OSError: continue\n    os.chdir('d')",
    {
      limits: { timeMs: 2_000 },
      confinedOnly: true
    }
  ),
  python("pipes without end", "Exited 1", "import os\nwhile True: os.pipe()"),
  python(
    "threads that go on",
    "Exited 0",
    "import threading, time\nfor _ in range(8): threading.Thread(target=time.sleep, args=(0.01,)).start()\nprint('main')",
    {
      stdout: "main\n"
    }
  ),
  python(
    "threads without end",
    "TimeLimit",
    "import threading, time\nwhile True:\n    try: threading.Thread(target=time.sleep, args=(99,)).start()\n    except RuntimeError: pass"
  ),
  python(
    "patches everything",
    "Exited 0",
    "import builtins, os, io\nbuiltins.print = os._exit = sys.exit = io.open = None\nos.write(1, b'ok')",
    {
      stdout: "ok"
    }
  ),
  cpp("C++ fills the compiler with errors", "CompileError", `int main() { ${"y + ;\n".repeat(100_000)} }`),
  cpp(
    "C++ makes a program of a gigabyte",
    "CompileError",
    "char big[1 << 30] = {1};\nint main() { return big[0]; }"
  ),
  cpp(
    "C++ takes stack without end",
    "Signaled SIGSEGV",
    "int f(int n) { volatile char page[4096]; page[0] = n; return f(n + 1) + page[0]; }\nint main() { BENIGN; return f(0); }"
  )
]

function daemons(): string {
  return `import os, time
for _ in range(20):
    if os.fork() == 0:
        os.setsid()
        while True: time.sleep(1)
print("left")`
}

function children(): string {
  return `import os, time
for _ in range(20):
    if os.fork() == 0:
        x = bytearray(60 * 2**20)
        for i in range(0, len(x), 4096): x[i] = 1
        time.sleep(60)
time.sleep(60)`
}
