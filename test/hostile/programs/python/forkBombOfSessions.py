# fork bomb of sessions
# expect: TimeLimit
# run: on demand
import os
while True:
    try:
        if os.fork() == 0:
            os.setsid()
    except OSError: pass
