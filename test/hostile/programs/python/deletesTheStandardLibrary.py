# deletes the standard library
# expect: RuntimeError 1
# not on: unconfined
import os; os.remove(os.__file__)
