# reads the home of the user
# expect: RuntimeError 1
# not on: unconfined
import os; os.listdir("@HOME@")
