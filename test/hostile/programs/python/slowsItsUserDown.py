# lowers the priority of its user, of its group and of its processes
# expect: Passed
# stdout: "refused refused refused refused"
# not on: unconfined, sandbox-exec
import ctypes, os
def tried(action, *arguments):
    try:
        return "done" if action(*arguments) != -1 else "refused"
    except OSError:
        return "refused"
number = 251 if os.uname().machine == "x86_64" else 30
idle = lambda which: ctypes.CDLL(None).syscall(number, which, 0, 3 << 13)
user = tried(os.setpriority, os.PRIO_USER, 0, 5)
group = tried(os.setpriority, os.PRIO_PGRP, 0, 5)
print(user, group, tried(idle, 3), tried(idle, 2), end="")
