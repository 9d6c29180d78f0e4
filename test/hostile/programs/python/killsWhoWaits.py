# kills whoever waits for the next case
# expect: Passed
# stdout: "done"
# not on: unconfined, container, sandbox-exec
import os, signal, time
assert os.getppid() == 1
def others():
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in (1, os.getpid())]
for _ in range(50):
    if others():
        break
    time.sleep(0.01)
for pid in others():
    os.kill(pid, signal.SIGKILL)
print("done", end="")
