import { cpp, python, type Trial } from "./trial.ts"

/** Programs that reach for what is not theirs, or that leave something behind. */
export const hostileTrials: ReadonlyArray<Trial> = [
  python("leaves a daemon that holds the pipes", "Exited 0", daemon(), { stdout: "parent\n" }),
  python("opens a connection", "Exited 1", "import socket; socket.create_connection(('127.0.0.1', 22), 1)"),
  python("asks for a name", "Exited 1", "import socket; socket.getaddrinfo('example.com', 80)"),
  python(
    "speaks to the hypervisor",
    "Exited 1",
    "import socket; socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)"
  ),
  python("reads /etc/shadow", "Exited 1", "open('/etc/shadow').read()", { confinedOnly: true }),
  python("lists the homes", "Exited 1", "import os; os.listdir('/home')", { confinedOnly: true }),
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
  python("makes a deep folder", "Exited 0", deepFolder(), { stdout: "deep\n" }),
  python("writes a huge file", "Exited 1", "f = open('f', 'wb')\nwhile True: f.write(b'x' * 10**6)"),
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
