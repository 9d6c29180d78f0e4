# aborts
# expect: RuntimeError SIGABRT
import os; os.abort()
