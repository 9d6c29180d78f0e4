# sees only a plain environment
# expect: Passed
# stdout: "False\n"
# run: everywhere
import os; print(any('KEY' in k for k in os.environ))
