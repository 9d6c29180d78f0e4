# pipes without end
# expect: RuntimeError 1
# run: on demand
import os
while True: os.pipe()
