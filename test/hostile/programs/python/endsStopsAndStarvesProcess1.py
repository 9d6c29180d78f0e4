# ends, stops and starves process 1
# expect: Passed
# stdout: "alive\n"
# not on: unconfined
# run: everywhere
import os, resource, signal
for number in range(1, 65):
    try:
        if number != signal.SIGCHLD: os.kill(1, number)
    except PermissionError: pass
try: resource.prlimit(1, resource.RLIMIT_NOFILE, (0, 0))
except PermissionError: print("alive")
