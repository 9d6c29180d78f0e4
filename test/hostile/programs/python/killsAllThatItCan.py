# kills all that it can
# expect: RuntimeError SIGKILL
# expect on container: Passed
# not on: unconfined
# run: on demand
import os
try: os.kill(-1, 9)
except OSError: os.kill(0, 9)
