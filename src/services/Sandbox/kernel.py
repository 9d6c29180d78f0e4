"""The few system calls that Python's own modules do not offer. Every call raises OSError when the kernel refuses."""
import ctypes
import os
import sys

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
MNT_DETACH = 2

CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP = 1, 4, 22
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38
# The number of a call, the same on all architectures, and its word for the process that calls.
PROCESS_MADVISE, PIDFD_SELF = 440, -10_000
ADDR_NO_RANDOMIZE = 0x0040000

LINUX = sys.platform.startswith("linux")
_libc = ctypes.CDLL(None, use_errno=True)


def _check(result, what):
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, "%s: %s" % (what, os.strerror(number)))
    return result


def unshare(flags):
    _check(_libc.unshare(ctypes.c_int(flags)), "unshare")


def mount(source, target, kind=None, flags=0, data=None):
    as_bytes = [None if text is None else os.fsencode(text) for text in (source, target, kind, data)]
    result = _libc.mount(as_bytes[0], as_bytes[1], as_bytes[2], ctypes.c_ulong(flags), as_bytes[3])
    _check(result, "mount %s" % target)


def unmount(target, flags=0):
    _check(_libc.umount2(os.fsencode(target), ctypes.c_int(flags)), "unmount %s" % target)


def pivot_root(root, old):
    _check(_libc.pivot_root(os.fsencode(root), os.fsencode(old)), "pivot_root")


def name_host(name):
    as_bytes = name.encode()
    _check(_libc.sethostname(as_bytes, ctypes.c_size_t(len(as_bytes))), "sethostname")


def prctl(option, value=0, pointer=None):
    zero = ctypes.c_ulong(0)
    _check(_libc.prctl(ctypes.c_int(option), ctypes.c_ulong(value), pointer, zero, zero), "prctl %d" % option)


def be_visible():
    """Lets a process that has become another program's look at itself in /proc; as quick as a call can be."""
    _libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)


def drop_capabilities():
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    _check(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def call(number, *arguments):
    """A system call that the library does not know; -1 for a failure is an OSError, as everywhere here."""
    return _check(_libc.syscall(ctypes.c_long(number), *arguments), "system call %d" % number)


def fix_addresses():
    """Turns address randomisation off for what this process executes next; false where that may not be done."""
    if not LINUX:
        return False
    current = _libc.personality(ctypes.c_ulong(0xFFFFFFFF))
    if current < 0 or current & ADDR_NO_RANDOMIZE:
        return current >= 0
    return _libc.personality(ctypes.c_ulong(current | ADDR_NO_RANDOMIZE)) >= 0
