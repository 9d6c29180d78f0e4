# one write of 200 MB
# expect: OutputLimit
# timeMs: 4000
# memoryMB: 512
# run: on demand
import os
os.write(1, b'x' * (200 * 2**20))
