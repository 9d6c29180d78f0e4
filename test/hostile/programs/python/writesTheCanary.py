# writes, replaces and removes a file of the host
# expect: Passed
# stdout: "0\n"
# not on: unconfined
# run: everywhere
import os
done = 0
for attempt in (lambda: open("@FILE@", "a").write("x"), lambda: os.truncate("@FILE@", 0), lambda: os.remove("@FILE@"),
                lambda: os.rename("@FILE@", "mine"), lambda: open("program.py").close() or os.rename("program.py", "@FILE@"),
                lambda: os.chmod("@FILE@", 0o777), lambda: os.utime("@FILE@", (0, 0)),
                lambda: os.setxattr("@FILE@", "user.x", b"x"), lambda: os.chown("@FILE@", -1, os.getgid()),
                lambda: os.link("@FILE@", "link")):
    try:
        attempt()
        done += 1
    except OSError: pass
print(done)
