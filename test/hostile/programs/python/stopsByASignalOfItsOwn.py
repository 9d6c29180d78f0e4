# is ended by a signal that it sends itself through a child
# expect: RuntimeError SIGKILL
import os, time
if os.fork() == 0:
    os.kill(os.getppid(), 9)
    os._exit(0)
time.sleep(60)
