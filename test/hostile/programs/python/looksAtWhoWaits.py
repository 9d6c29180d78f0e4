# looks at and changes whoever waits for the next case
# expect: Passed
# stdout: "[]"
# not on: unconfined, container, sandbox-exec
import os, resource
assert os.getppid() == 1
done = []
for _ in range(500):
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) in (1, os.getpid()):
            continue
        for file, mode in (("mem", "rb+"), ("environ", "rb"), ("maps", "rb"), ("fd/0", "wb"), ("oom_score_adj", "w")):
            try:
                with open("/proc/%s/%s" % (name, file), mode) as opened:
                    opened.read(1) if mode == "rb" else None
                done.append(file)
            except OSError:
                pass
        try:
            resource.prlimit(int(name), resource.RLIMIT_CPU, (0, 0))
            done.append("prlimit")
        except OSError:
            pass
print(done, end="")
