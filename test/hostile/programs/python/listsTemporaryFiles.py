# leaves a file where other programs would find it
# expect: Passed
# stdout: "nothing\n"
# not on: unconfined
import os
left = []
for folder in ("/var/tmp", "/dev/shm", "/run", "/", "/usr", os.path.dirname("@FILE@"), "/tmp/.."):
    try:
        path = os.path.join(folder, "left-by-a-program")
        open(path, "w").close()
        if not os.path.samefile(folder, os.environ["TMPDIR"]): left.append(path)
    except OSError: pass
print(left or "nothing")
