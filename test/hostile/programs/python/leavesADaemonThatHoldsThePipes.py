# leaves a daemon that holds the pipes
# expect: Passed
# stdout: "parent\n"
# run: everywhere
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True: time.sleep(1)
    os._exit(0)
os.wait()
print("parent")
