# kills itself
# expect: RuntimeError SIGKILL
# run: everywhere
import os; os.kill(os.getpid(), 9)
