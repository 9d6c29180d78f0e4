# locks its temporary folder
# expect: Passed
# stdout: "locked\n"
# not on: unconfined
# run: everywhere
import os
try: os.chmod("/tmp", 0)
except OSError: pass
print("locked")
