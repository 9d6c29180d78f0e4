"""Who a sandbox runs as: nobody's rights, whoever started it."""
import os
import signal

import kernel

# The user inside of a namespace, and whom of the host it stands for where root has started it.
INSIDE = 1000
NOBODY = 65534
# What a sandbox takes for the name of the machine; `bubblewrap.ts` says the same.
HOST = "sandbox"
PASSWD = "root:x:0:0::/:/bin/false\nrunner:x:1000:1000::/tmp:/bin/false\n"


def unshare(flags, as_root, more=""):
    """Leaves for new namespaces, a user's among them, in which the caller is `INSIDE`. Root is not yet: it has the
    privileges of the namespace until `give_up`; `more` are further lines of its maps."""
    if not as_root:
        uid, gid = os.geteuid(), os.getegid()
        kernel.unshare(flags)
        write("/proc/self/setgroups", "deny")
        write("/proc/self/uid_map", "%d %d 1" % (INSIDE, uid))
        write("/proc/self/gid_map", "%d %d 1" % (INSIDE, gid))
        return
    # Only a process that has stayed outside may write such a map.
    reading, writing = os.pipe()
    helper = os.fork()
    if helper == 0:
        os.close(writing)
        status = 1
        try:
            if os.read(reading, 1):
                for name in ("uid_map", "gid_map"):
                    write("/proc/%d/%s" % (os.getppid(), name), "%s%d %d 1" % (more, INSIDE, NOBODY))
                status = 0
        finally:
            os._exit(status)
    os.close(reading)
    kernel.unshare(flags)
    os.write(writing, b"!")
    os.close(writing)
    if os.waitpid(helper, 0)[1] != 0:
        raise OSError("uid %d of the host cannot be used in a user namespace" % NOBODY)


def give_up(as_root):
    """Gives up every privilege for good, and hides the process from those that are the same user."""
    if as_root:
        os.setgroups([])
        os.setresgid(INSIDE, INSIDE, INSIDE)
        os.setresuid(INSIDE, INSIDE, INSIDE)
    kernel.drop_capabilities()
    # A change of uid forgets the signal that ties this process to its parent.
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def write(path, text):
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)
