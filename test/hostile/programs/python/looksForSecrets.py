# looks for secrets in every environment
# expect: Passed
# stdout: "nothing\n"
# not on: unconfined
# run: everywhere
import os
found = [name for name in os.environ if "SECRET" in name]
for pid in ("@PID@", "1", str(os.getppid()), "self"):
    try:
        if b"SECRET" in open("/proc/%s/environ" % pid, "rb").read(): found.append(pid)
    except OSError: pass
print(found or "nothing")
