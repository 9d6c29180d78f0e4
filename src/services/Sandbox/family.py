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

    def __init__(self, confined):
        self.confined = confined
        self.main = None
        self.status = None
        self.cpu = 0.0
        self.peak = 0
        if not confined and kernel.LINUX:
            kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)

    def begin(self, main):
        self.main, self.status, self.cpu, self.peak = main, None, 0.0, 0

    def reap(self):
        """Collects those that have ended. True once nobody is left."""
        return self._collect(os.WNOHANG)

    def end(self):
        """Kills all and collects all."""
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

    def _living(self):
        if self.confined:
            return [int(name) for name in os.listdir("/proc") if name.isdigit() and name != "1"]
        return [self.main] if self.status is None else []

    def _collect(self, flags, once=False):
        while True:
            try:
                pid, status, usage = os.wait4(-1, flags)
            except ChildProcessError:
                return True
            if pid == 0:
                return False
            self.cpu += usage.ru_utime + usage.ru_stime
            if pid == self.main:
                self.status = status
                self.peak = usage.ru_maxrss * _PEAK_UNIT
            if once:
                return False

    def _kill(self):
        for pid in [-1] if self.confined else _descendants():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        if not self.confined and self.status is None:
            try:
                os.killpg(self.main, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass


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
