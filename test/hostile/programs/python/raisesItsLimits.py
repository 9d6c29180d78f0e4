# raises its limits
# expect: RuntimeError 1
# not on: unconfined
import resource as r; r.setrlimit(r.RLIMIT_AS, (10**12, 10**12))
