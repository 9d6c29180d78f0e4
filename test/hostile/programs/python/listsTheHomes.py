# lists the homes
# expect: RuntimeError 1
# not on: unconfined
import os; os.listdir('/home')
