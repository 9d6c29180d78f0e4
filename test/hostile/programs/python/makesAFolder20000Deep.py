# makes a folder 20,000 deep
# expect: Passed
# expect on container: RuntimeError SIGXFSZ
# not on: unconfined
# timeMs: 10000
# run: on demand
import os
for _ in range(20_000):
    try: os.mkdir("d")
    except OSError: break
    os.chdir("d")
print("deep")
