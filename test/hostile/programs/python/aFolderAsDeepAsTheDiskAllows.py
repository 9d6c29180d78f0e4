# a folder as deep as the disk allows
# expect: TimeLimit
# expect on container: RuntimeError SIGXFSZ
# timeMs: 2000
# not on: unconfined
# run: on demand
import os
while True:
    try: os.mkdir('d')
    except OSError: continue
    os.chdir('d')
