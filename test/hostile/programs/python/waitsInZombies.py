# leaves zombies and orphans
# expect: Passed
# stdout: "done\n"
# timeMs: 4000
# run: on demand
import os, signal
for _ in range(20):
    if os.fork() == 0:
        if os.fork() == 0: signal.pause()
        os._exit(0)
print("done")
