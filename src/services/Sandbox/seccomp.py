"""The filter of system calls: what reaches the kernel's less walked parts, or the runner, is refused.

It is a second wall behind the namespaces: everything else a program may call freely.
"""
import ctypes
import errno
import os
import struct

import kernel

# Name: numbers on x86_64 and aarch64.
_REFUSED = {
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "chroot": (161, 51), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438), "process_mrelease": (448, 448),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "swapon": (167, 224), "swapoff": (168, 225), "reboot": (169, 142),
    "quotactl": (179, 60), "quotactl_fd": (443, 443), "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264), "fanotify_init": (300, 262), "acct": (163, 89), "syslog": (103, 116),
    "vhangup": (153, 58), "lookup_dcookie": (212, 18), "migrate_pages": (256, 238), "move_pages": (279, 239),
    # Shared memory that outlives its processes would carry data, and memory, from case to case.
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190), "semop": (65, 193),
    "semtimedop": (220, 192), "semctl": (66, 191), "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188),
    "msgctl": (71, 187), "mq_open": (240, 180), "mq_unlink": (241, 181),
}
# Answered as if the kernel were older, so that libraries fall back.
_ABSENT = {
    "clone3": (435, 435), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "memfd_create": (319, 279), "memfd_secret": (447, 447),
}
# The runner has the uid of its programs: these may name only the caller itself, in the argument of that index.
_SELF_ONLY = {
    "prlimit64": (302, 261, 0), "sched_setaffinity": (203, 122, 0), "sched_setparam": (142, 118, 0),
    "sched_setscheduler": (144, 119, 0), "sched_setattr": (314, 274, 0), "setpriority": (141, 140, 1),
    "ioprio_set": (251, 30, 1),
}
# Of those, the first argument says what the other one names: only a process may be named, not a group or a user.
_A_PROCESS = {"setpriority": 0, "ioprio_set": 1}
# Of its own memory a process may say whatever it could say by `madvise`.
_OWN_MEMORY = (kernel.PROCESS_MADVISE, kernel.PIDFD_SELF & 0xFFFFFFFF)
# Refused where the network, the file system and the processes are not the sandbox's own: what could lead out of it.
_LEADING_OUT = {
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201), "accept": (43, 202),
    "accept4": (288, 242), "setpriority": (141, 140), "ioprio_set": (251, 30), "inotify_add_watch": (254, 27),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "setxattrat": (463, 463), "removexattr": (197, 14),
    "lremovexattr": (198, 15), "removexattrat": (466, 466), "file_setattr": (469, 469),
}
# Refused where programs are, moreover, the user whose files are there: what no right to open a file is needed for. One
# architecture has these calls in fewer numbers.
_CHANGING = {
    "chmod": (90, 53), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, 54), "lchown": (94, 54),
    "fchownat": (260, 54), "utime": (132, 88), "utimes": (235, 88), "futimesat": (261, 88), "utimensat": (280, 88),
}
_CLONE, _SOCKET, _SOCKET_PAIR = (56, 220), (41, 198), (53, 199)
_NEW_NAMESPACE = 0x7E020000
_AF_UNIX, _STREAM = 1, 1

_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_LOAD, _AND, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000


def install(apart=True, same_user=False):
    """Installs the filter for this process and all its children; false where the architecture is not known. `apart` is
    whether the network, files and processes are the sandbox's own: otherwise there are no sockets but pairs of streams,
    which lead nowhere. `same_user` is whether programs are, then, the user that others' files and processes belong to."""
    place = _ARCHITECTURES.get(os.uname().machine)
    if place is None:
        return False
    program = _program(*place, apart, same_user)
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in program))

    class Filter(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]

    described = Filter(len(program), ctypes.addressof(code))
    kernel.prctl(kernel.PR_SET_SECCOMP, 2, ctypes.byref(described))
    return True


def _program(column, architecture, apart, same_user):
    lines = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    if column == 0:
        # The x32 numbers are a second door to the same calls.
        lines += [(_AT_LEAST, 0, 1, 0x40000000), (_RETURN, 0, 0, _ERROR | errno.ENOSYS)]
    refused = dict(_REFUSED, **({} if apart else _LEADING_OUT), **(_CHANGING if same_user else {}))
    for numbers, refusal in ((refused, errno.EPERM), (_ABSENT, errno.ENOSYS)):
        for name in numbers:
            lines += [(_EQUAL, 0, 1, numbers[name][column]), (_RETURN, 0, 0, _ERROR | refusal)]
    refusal = (_RETURN, 0, 0, _ERROR | errno.EPERM)
    for name, places in _SELF_ONLY.items():
        body = [(_LOAD, 0, 0, 16 + 8 * places[2]), (_EQUAL, 1, 0, 0), refusal]
        if name in _A_PROCESS:
            body += [(_LOAD, 0, 0, 16), (_EQUAL, 1, 0, _A_PROCESS[name]), refusal]
        lines += _when(places[column], body)
    number, itself = _OWN_MEMORY
    lines += _when(number, [(_LOAD, 0, 0, 16), (_EQUAL, 1, 0, itself), refusal])
    flags, family = (_LOAD, 0, 0, 16), (_LOAD, 0, 0, 16)
    lines += _when(_CLONE[column], [flags, (_ANY_BIT, 0, 1, _NEW_NAMESPACE), (_RETURN, 0, 0, _ERROR | errno.EPERM)])
    refused_family = (_RETURN, 0, 0, _ERROR | errno.EAFNOSUPPORT)
    if apart:
        lines += _when(_SOCKET[column], [family, (_EQUAL, 1, 0, _AF_UNIX), refused_family])
    else:
        # A pair of datagram sockets could be turned to another address.
        kind = [(_LOAD, 0, 0, 24), (_AND, 0, 0, 0xF), (_EQUAL, 1, 0, _STREAM), refused_family]
        lines += _when(_SOCKET_PAIR[column], kind)
    return lines + [(_RETURN, 0, 0, _ALLOW)]


def _when(number, body):
    """Runs the body for one call only. It ends by allowing, since it has overwritten the loaded number."""
    body = body + [(_RETURN, 0, 0, _ALLOW)]
    return [(_EQUAL, 0, len(body), number)] + body
