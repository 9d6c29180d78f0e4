"""Runs one process on one input, under limits, and ends all that comes of it."""
import os
import select
import signal
import time

import becoming
from becoming import Sacrifice, become
from channel import Closed
from streams import Input, Outputs, Pipes, drain

# How often the processor time and memory of a family are looked at, in seconds.
_WATCH = 0.05
# Beyond this many times the outer stop a program is ended even if it has got no processor: something is amiss.
_MOST_WAIT = 10
# How long a program's outputs may wait in their pipes at first, in seconds.
_BRIEF = 0.003


class Cases:
    """`files` are descriptors that no program may have; `control` is watched, since its end means that the driver is gone."""

    def __init__(self, family, control):
        self.family = family
        self.control = control
        self.sacrifice = Sacrifice(family.alone)
        # What is done when a case turns out to last.
        self.leisure = lambda: None
        self.woken, waking = os.pipe()
        os.set_blocking(waking, False)
        os.set_blocking(self.woken, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waking, warn_on_full_buffer=False)

    def run(self, plan, stdin, original=None):
        """Returns (header, stdout, stderr); None in the child of a plan that goes on in this interpreter. The process
        is a copy of this one, or of an `original` that makes copies of itself."""
        pipes = Pipes()
        given = Input(pipes.feeding, stdin)
        begun = time.monotonic()
        try:
            pid = original.fork(plan, *pipes.theirs) if original else self.fork()
        except BaseException:
            given.close()
            for file in (*pipes.theirs, pipes.out, pipes.err):
                os.close(file)
            raise
        if pid == 0:
            become(plan, *pipes.theirs, self.family.alone)
            return None
        pipes.close_theirs()
        return self.follow(plan, pid, pipes, given, begun, original)

    def follow(self, plan, pid, pipes, given, begun, original=None):
        """Watches a process of a case until it has ended, and whatever has come of it."""
        self.family.begin(pid, original)
        outputs = Outputs(pipes.out, pipes.err, plan)
        try:
            stopped = self._watch(plan, outputs, given, begun)
        finally:
            wall = time.monotonic() - begun
            self.family.end()
            given.close()
            outputs.finish()
        return verdict_of(self.family, plan, stopped, outputs, wall), outputs.out, outputs.err

    def fork(self):
        self.sacrifice.offer(b"1000")
        pid = os.fork()
        if pid:
            self.sacrifice.offer(b"0")
        return pid

    def _watch(self, plan, outputs, given, begun):
        """Until the main process has ended, or the name of the limit that it has broken."""
        watch = select.poll()
        watch.register(self.control, 0)
        watch.register(self.woken, select.POLLIN)
        if given.rest:
            watch.register(given.file, select.POLLOUT)
        if self.family.original:
            watch.register(self.family.original.file, select.POLLIN)
        looked, patience = begun, _BRIEF
        while self.family.status is None:
            told = watch.poll(patience * 1000)
            if patience == _BRIEF:
                # A program that has ended by now has not woken the runner for each line that it wrote.
                patience = _WATCH
                if not told:
                    self.leisure()
                for file in outputs.open:
                    watch.register(file, select.POLLIN)
            for file, _ in told:
                if file == self.control:
                    raise Closed
                if file == self.woken:
                    drain(self.woken)
                elif file == given.file:
                    given.push()
                    if not given.rest:
                        watch.unregister(file)
                elif file not in outputs.open:
                    # The original has a word, or is gone: the family knows.
                    watch.unregister(file)
                elif not outputs.take(file):
                    watch.unregister(file)
            self.family.reap()
            if len(outputs.out) > plan.limits["outputBytes"]:
                return "OutputLimit"
            if self.family.status is not None:
                return None
            now = time.monotonic()
            if plan.is_over(now - begun, self.family):
                return "TimeLimit"
            if now - looked >= _WATCH:
                looked = now
                self.leisure()
                if self.family.used() * 1000 > plan.stop:
                    return "TimeLimit"
                if self.family.resident(plan.free_resident, plan.watched) > plan.limits["memoryBytes"]:
                    return "MemoryLimit"
                if becoming.boundary is not None and becoming.boundary.overflows():
                    return "Disk"
        return None


class Plan:
    """What to run: `begin` is called in the child; the limits; what memory is the runner's own and does not count."""

    def __init__(self, begin, limits, kernel_limits, free_resident=0, keep_head=False, watched=False):
        self.begin = begin
        self.limits = limits
        self.kernel_limits = kernel_limits
        self.free_resident = free_resident
        self.keep_head = keep_head
        # Whether the memory of a single process has to be looked at, since no limit of the kernel counts it.
        self.watched = watched
        self.wall = limits["wallMs"] / 1000
        # A program may be let run on beyond its time limit, to see how far beyond it is.
        self.stop = limits.get("stopMs", limits["timeMs"])

    def is_over(self, wall, family, before=()):
        """Whether a case has had its wall time, in seconds. That in which a thread could not run, since others had the
        processors, does not count; `before` is how long threads had waited when the case began."""
        if wall <= self.wall:
            return False
        waited = max((time - dict(before).get(thread, 0) for thread, time in family.waits().items()), default=0)
        return wall - waited > self.wall or wall > _MOST_WAIT * self.wall


def verdict_of(family, plan, stopped, outputs, wall):
    status = family.status
    header = {"cpuMs": family.cpu * 1000, "wallMs": wall * 1000, "memoryBytes": max(0, family.peak - plan.free_resident)}
    if stopped is None and family.cpu * 1000 > plan.limits["timeMs"]:
        stopped = "TimeLimit"
    if stopped is None and len(outputs.out) > plan.limits["outputBytes"]:
        stopped = "OutputLimit"
    if stopped is None and plan.watched and header["memoryBytes"] > plan.limits["memoryBytes"]:
        # It was faster than it is looked at.
        stopped = "MemoryLimit"
    if stopped is None and os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        # The kernel's own limit counts by ticks, which may run ahead of the time that it measures.
        stopped = "TimeLimit"
    if stopped is None and becoming.boundary is not None and becoming.boundary.overflows():
        stopped = "Disk"
    if stopped == "Disk":
        # As if the limit of a file's size had ended it, for there is no disk of its own that could be full.
        header["ending"] = {"_tag": "Signaled", "signal": "SIGXFSZ"}
    elif stopped is not None:
        header["ending"] = {"_tag": stopped}
    elif os.WIFSIGNALED(status):
        header["ending"] = {"_tag": "Signaled", "signal": _name(os.WTERMSIG(status))}
    else:
        header["ending"] = {"_tag": "Exited", "code": os.WEXITSTATUS(status)}
    header["outBytes"] = len(outputs.out)
    return header


def _name(number):
    try:
        return signal.Signals(number).name
    except ValueError:
        return "SIG%d" % number
