# children whose parents leave
# expect: Passed
# stdout: "left\n"
# timeMs: 4000
# run: on demand
import os, time
for _ in range(20):
    if os.fork() == 0:
        os.setsid()
        while True: time.sleep(1)
print("left")
