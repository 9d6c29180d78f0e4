# fills its standard error and waits
# expect: TimeLimit
# timeMs: 100
import time
sys.stderr.write("x" * 10**6)
sys.stderr.flush()
time.sleep(60)
