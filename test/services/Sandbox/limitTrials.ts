import { cpp, python, type Trial } from "./trial.ts"

/** Programs that a limit ends. */
export const limitTrials: ReadonlyArray<Trial> = [
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
  python("fills a list", "MemoryLimit", "x = []\nwhile True: x.append(' ' * 10**6)"),
  python("wants ten gigabytes", "MemoryLimit", "bytearray(10**10)"),
  cpp("C++ loops", "TimeLimit", "int main() { BENIGN; for (volatile int i = 0;; i = i + 1) {} }"),
  cpp(
    "C++ fills memory",
    "MemoryLimit",
    "int main() { BENIGN; std::vector<std::string> v; for (;;) v.emplace_back(1 << 20, 'x'); }"
  )
]

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
