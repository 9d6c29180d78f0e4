# looks for the name of the host, and what it was started with
# expect: Passed
# stdout: "sandbox"
# not on: unconfined, container, sandbox-exec
import os
names = {os.uname().nodename}
for path in ("/proc/sys/kernel/hostname", "/proc/cmdline"):
    try:
        with open(path) as file:
            names.add(file.read().strip())
    except OSError:
        pass
print(*sorted(names - {""}), end="")
