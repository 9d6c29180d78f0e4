# floods memory by files in it
# expect: RuntimeError 1
import os
kept = []
while True:
    kept.append(os.memfd_create("x"))
    os.write(kept[-1], b"x" * 10**6)
