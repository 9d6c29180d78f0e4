# climbs out of its folder
# expect: Passed
# stdout: "nothing\n"
# not on: unconfined
import os
found = []
for path in ("../" * 40 + "@FILE@".lstrip("/"), "/proc/self/root/@FILE@", "/proc/self/cwd/../../../../@FILE@",
             "/proc/1/root/@FILE@", "/proc/1/cwd/@FILE@"):
    try:
        open(path).close()
        found.append(path)
    except OSError: pass
print(found or "nothing")
