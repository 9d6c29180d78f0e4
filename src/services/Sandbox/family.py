"""The processes of a case: measuring them while they run, and ending them all."""
import os
import signal
import sys
import time

import kernel

_PAGE = os.sysconf("SC_PAGE_SIZE")
# getrusage counts in kilobytes, on macOS in bytes.
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024


class Family:
    """Everything that descends from this process. Orphans come to it, since it is process 1 or a subreaper."""

    """`alone` is whether there is nobody else in this process namespace; `contained` see `contained.py`."""

    def __init__(self, alone, contained=None):
        self.alone = alone
        self.contained = contained
        self.main = None
        self.status = None
        self.cpu = 0.0
        self.peak = 0
        # Where the main process is a copy of another: that one, which tells how it ends.
        self.original = None
        # Processes that are not of the family, by number, as long as they live. They outlive a case that leaves nothing
        # else behind: an original, or a template and the process that waits for the next case.
        self.spared = set()
        # Asks for what is to be spared, and not known yet.
        self.hear = lambda: None
        # Others than the main process that have ended in this case. Somebody else may have got their numbers.
        self.buried = set()
        self.children = _children() if alone else None
        if not alone and kernel.LINUX:
            kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)

    def begin(self, main, original=None):
        self.main, self.original = main, original
        self.status, self.cpu, self.peak = None, 0.0, 0
        self.buried.clear()

    def reap(self):
        """Collects those that have ended. True once nobody is left."""
        nobody = self._collect(os.WNOHANG)
        if self.status is None:
            self.let_original_go_on()
        if self.original and not self.spared and self.status is None and self.main not in self._living():
            # An original that is killed may take with it how its copy has ended.
            self.status = signal.SIGKILL
        return nobody

    def let_original_go_on(self):
        """A copy can stop the original, which would then not tell how the copy has ended."""
        if self.original and self.spared:
            for pid in self.spared:
                os.kill(pid, signal.SIGCONT)

    def end(self):
        """Kills all and collects all. Those that are spared live on where there is nothing to be killed: nobody can be
        born unseen, since every process has an ancestor that only this one takes off the list."""
        self._collect(os.WNOHANG)
        if self.spared and self.status is not None and self._is_only_spared():
            return
        while not self._collect(os.WNOHANG):
            self._kill()
            if self._collect(0, once=True):
                return

    def used(self):
        """Processor seconds up to now, of the living and the dead."""
        return self.cpu + sum(map(_clock, self._living()))

    def resident(self, free, alone=False):
        """Bytes in memory, without `free` bytes for each process; 0 while there is only one, unless `alone`."""
        living = self._living()
        if len(living) < 2 and not alone:
            return 0
        return sum(max(0, _resident(pid) - free) for pid in living)

    def waits(self):
        """Seconds that each living thread has been ready to run, and had to wait for a processor, by its id."""
        waits = {}
        for pid in self._living():
            waits.update(_waits(pid))
        return waits

    def count(self):
        """How many of them live."""
        return len(self._living())

    def _is_only_spared(self):
        """Whether nobody lives but those that are spared. Where these make no processes of their own, their brothers tell:
        every other process has an ancestor among them, which stays there until this one takes it off the list."""
        if not self._others():
            return True
        self.hear()
        return not self._others()

    def _others(self):
        if self.original is None and self.children is not None:
            return set(map(int, os.pread(self.children, 64, 0).split())) - self.spared
        return self._living()

    def _living(self):
        if self.alone:
            ours = {1, *self.spared}
            return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in ours]
        if self.contained is not None:
            return _descendants()
        return [self.main] if self.status is None else []

    def _collect(self, flags, once=False):
        if self.original and self.status is None:
            self._ask()
        while True:
            try:
                pid, status, usage = os.wait4(-1, flags)
            except ChildProcessError:
                return True
            if pid == 0:
                return False
            if pid in self.spared:
                self.spared.discard(pid)
                continue
            self.cpu += usage.ru_utime + usage.ru_stime
            if pid == self.main:
                self.status = status
                self.peak = usage.ru_maxrss * _PEAK_UNIT
            else:
                self.buried.add(pid)
            if once:
                return False

    def _ask(self):
        ended = self.original.ended()
        if ended is not None:
            self.status, seconds, peak = ended
            self.cpu += seconds
            self.peak = peak * _PEAK_UNIT

    def _kill(self):
        if self.contained is not None and self.contained.user is not None:
            self.contained.kill()
            return
        for pid in [-1] if self.alone else _descendants():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        if not self.alone and self.status is None:
            try:
                os.killpg(self.main, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass


def _children():
    """A file that tells the children of this process, where the kernel has it."""
    try:
        return os.open("/proc/self/task/%d/children" % os.getpid(), os.O_RDONLY)
    except OSError:
        return None


def _clock(pid):
    if not kernel.LINUX:
        return 0.0
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def _waits(pid):
    found = {}
    try:
        for thread in os.listdir("/proc/%d/task" % pid):
            with open("/proc/%d/task/%s/schedstat" % (pid, thread), "rb") as file:
                found[thread] = int(file.read().split()[1]) / 1e9
    except (OSError, IndexError):
        # It has ended, or this kernel does not tell.
        pass
    return found


def _resident(pid):
    try:
        with open("/proc/%d/statm" % pid, "rb") as file:
            return int(file.read().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def _descendants():
    """By parent, as far as /proc tells: a family of which one member is unseen is seen when that one is gone."""
    parents = {}
    for name in os.listdir("/proc") if kernel.LINUX else ():
        try:
            if name.isdigit():
                with open("/proc/%s/stat" % name, "rb") as file:
                    parents[int(name)] = int(file.read().rpartition(b")")[2].split()[1])
        except OSError:
            continue
    found, frontier = [], {os.getpid()}
    while frontier:
        frontier = {pid for pid, parent in parents.items() if parent in frontier}
        found += frontier
    return found
