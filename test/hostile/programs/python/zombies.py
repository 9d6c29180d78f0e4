# zombies
# expect: Passed
# stdout: "done\n"
# timeMs: 4000
# run: on demand
import os
for _ in range(40):
    if os.fork() == 0: os._exit(0)
print('done')
