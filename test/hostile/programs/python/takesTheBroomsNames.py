# takes the names that the broom gives
# expect: Passed
# stdout: "taken\n"
# not on: unconfined
import os
for number in range(1, 9):
    # Where that folder is not the program's own, the working folder is.
    for folder in ("/tmp", "."):
        try: os.makedirs("%s/.swept-%d/x/y" % (folder, number))
        except OSError: pass
print("taken")
