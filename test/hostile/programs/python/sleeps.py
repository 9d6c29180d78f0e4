# sleeps
# expect: TimeLimit
# timeMs: 100
import time; time.sleep(60)
