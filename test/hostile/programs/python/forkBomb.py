# fork bomb
# expect: TimeLimit
# run: on demand
import os
while True:
    try:
        if os.fork() == 0:
            pass
    except OSError: pass
