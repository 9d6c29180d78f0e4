# stops itself
# expect: TimeLimit
# timeMs: 100
import os, signal; os.kill(os.getpid(), signal.SIGSTOP)
