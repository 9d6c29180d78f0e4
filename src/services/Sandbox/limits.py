"""The limits that the kernel keeps for a case: they hold for each of its processes."""
import os
import re
import resource

from identity import NOBODY

_STACK = 8 << 20
# How many more threads the user of the programs may start elsewhere, where they are counted together.
_COMING = 256
_COUNTED = {"space": resource.RLIMIT_AS, "data": resource.RLIMIT_DATA}


def of_case(limits, config, free_memory, others, counted="space"):
    """Pairs for `setrlimit`. `free_memory` is memory that does not count, such as the interpreter's own; `counted` is
    what is limited: the address `space`, or `data` for runtimes that reserve far more than they use;
    `others` are the threads that the kernel counts together with those of the case."""
    seconds = int(-(-limits.get("stopMs", limits["timeMs"]) // 1000)) + 1
    wanted = [
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_FSIZE, config["diskBytes"], config["diskBytes"]),
        (resource.RLIMIT_NOFILE, config["files"], config["files"]),
        (resource.RLIMIT_STACK, _STACK, _STACK),
        (resource.RLIMIT_CORE, 0, 0),
        (_COUNTED[counted], limits["memoryBytes"] + free_memory, limits["memoryBytes"] + free_memory),
    ]
    processes = config["processes"] + others
    wanted.append((resource.RLIMIT_NPROC, processes, processes))
    return [(which, _within(which, soft, hard)) for which, soft, hard in wanted]


def _within(which, soft, hard):
    highest = resource.getrlimit(which)[1]
    if highest == resource.RLIM_INFINITY:
        return soft, hard
    return min(soft, highest), min(hard, highest)


def others_of_user(config):
    """How many threads the user of the programs has already. Kernels count them for each user namespace since 5.14;
    before that, and outside of a namespace, they count everything that the user runs. To be asked before the
    process is confined, which takes away the sight of the others."""
    kind, as_root = config["confinement"]["kind"], os.geteuid() == 0
    if kind == "container" and as_root:
        # A user of its own.
        return 0
    namespaces = kind in ("namespaces", "bubblewrap")
    if namespaces and _kernel_version() >= (5, 14):
        return 0
    user = NOBODY if namespaces and as_root else os.getuid()
    total = 0
    for name in os.listdir("/proc") if os.path.isdir("/proc/self") else ():
        try:
            if name.isdigit() and os.stat("/proc/" + name).st_uid == user:
                total += len(os.listdir("/proc/%s/task" % name))
        except OSError:
            continue
    return total + _COMING


def _kernel_version():
    found = re.match(r"(\d+)\.(\d+)", os.uname().release)
    return (int(found[1]), int(found[2])) if found else (0, 0)
