# many children, each below the limit
# expect: MemoryLimit
# timeMs: 20000
# not on: unconfined
# run: on demand
import os, time
for _ in range(20):
    if os.fork() == 0:
        x = bytearray(60 * 2**20)
        for i in range(0, len(x), 4096): x[i] = 1
        time.sleep(60)
time.sleep(60)
