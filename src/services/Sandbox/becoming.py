"""How a copy of the runner becomes a process of a program's."""
import os
import resource
import signal

import _signal

import kernel

# What every process of a program enters before it does anything, where the runner itself is not in it; see `contained.py`.
boundary = None


def become(plan, reading, out, err, confined=False, visible=True):
    """In the child: turns the copy of the runner into a process of the program's. Every page of memory that is touched
    here is copied first: what is called is what touches the fewest. One that is not `visible` yet is out of the reach of
    other processes of the same user."""
    os.setsid()
    os.dup2(reading, 0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    _signal.set_wakeup_fd(-1)
    _signal.signal(_signal.SIGCHLD, _signal.SIG_DFL)
    if kernel.LINUX:
        if visible:
            kernel.be_visible()
        if not confined:
            # What is confined ends with the first process of its namespace.
            kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    for which, values in plan.kernel_limits:
        resource.setrlimit(which, values)
    if boundary is not None:
        boundary.enter()
    plan.begin()


class Sacrifice:
    """When the machine runs out of memory, the kernel takes a program before the runner: programs are made while the
    runner offers itself."""

    def __init__(self, confined):
        self.file = None
        try:
            if confined:
                kernel.be_visible()
            self.file = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        except OSError:
            pass
        finally:
            if confined:
                kernel.prctl(kernel.PR_SET_DUMPABLE, 0)

    def offer(self, score):
        if self.file is not None:
            os.write(self.file, score)
