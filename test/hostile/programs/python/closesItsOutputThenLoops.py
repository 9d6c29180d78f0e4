# closes its output, then loops
# expect: TimeLimit
import os; os.close(1); os.close(2)
while True: pass
