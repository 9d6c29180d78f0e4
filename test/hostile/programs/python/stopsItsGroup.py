# stops its group
# expect: TimeLimit
# run: on demand
import os, signal; os.killpg(0, signal.SIGSTOP)
