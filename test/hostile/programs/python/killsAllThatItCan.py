# kills all that it can
# expect: RuntimeError SIGKILL
# not on: unconfined
# run: on demand
import os
try: os.kill(-1, 9)
except OSError: pass
os.kill(0, 9)
