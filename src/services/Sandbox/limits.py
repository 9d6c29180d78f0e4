"""The limits that the kernel keeps for a case: they hold for each of its processes."""
import os
import resource

_STACK = 8 << 20


def of_case(limits, config, free_memory):
    """Pairs for `setrlimit`. `free_memory` is address space that does not count, such as the interpreter's own."""
    seconds = -(-limits["timeMs"] // 1000) + 1
    wanted = [
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_FSIZE, config["diskBytes"], config["diskBytes"]),
        (resource.RLIMIT_NOFILE, config["files"], config["files"]),
        (resource.RLIMIT_STACK, _STACK, _STACK),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_AS, limits["memoryBytes"] + free_memory, limits["memoryBytes"] + free_memory),
    ]
    processes = config["processes"] + (0 if config["confined"] else _threads_of_user())
    if processes:
        wanted.append((resource.RLIMIT_NPROC, processes, processes))
    return [(which, _within(which, soft, hard)) for which, soft, hard in wanted]


def _within(which, soft, hard):
    highest = resource.getrlimit(which)[1]
    if highest == resource.RLIM_INFINITY:
        return soft, hard
    return min(soft, highest), min(hard, highest)


def _threads_of_user():
    """Without a user namespace the kernel counts everything that the user runs."""
    total = 0
    for name in os.listdir("/proc") if os.path.isdir("/proc/self") else ():
        try:
            if name.isdigit() and os.stat("/proc/" + name).st_uid == os.getuid():
                total += len(os.listdir("/proc/%s/task" % name))
        except OSError:
            continue
    return total
