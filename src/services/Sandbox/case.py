"""Runs one process on one input, under limits, and ends all that comes of it."""
import os
import resource
import select
import signal
import time

import kernel
from channel import Closed

_CHUNK = 1 << 16
_ERROR_BYTES = 1 << 16
# How often the processor time and memory of a family are looked at, in seconds.
_WATCH = 0.05
# Beyond this many times the outer stop a program is ended even if it has got no processor: something is amiss.
_MOST_WAIT = 10


class Cases:
    """`files` are descriptors that no program may have; `control` is watched, since its end means that the driver is gone."""

    def __init__(self, family, control):
        self.family = family
        self.control = control
        self.woken, waking = os.pipe()
        os.set_blocking(waking, False)
        os.set_blocking(self.woken, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waking, warn_on_full_buffer=False)

    def run(self, plan, stdin):
        """Returns (header, stdout, stderr); None in the child of a plan that goes on in this interpreter."""
        reading, feeding = os.pipe()
        out, their_out = os.pipe()
        err, their_err = os.pipe()
        for file in (feeding, out, err):
            os.set_blocking(file, False)
        given = _Input(feeding, stdin)
        begun = time.monotonic()
        pid = os.fork()
        if pid == 0:
            become(plan, reading, their_out, their_err)
            return None
        for file in (reading, their_out, their_err):
            os.close(file)
        self.family.begin(pid)
        outputs = Outputs(out, err, plan)
        try:
            stopped = self._watch(plan, outputs, given, begun)
        finally:
            wall = time.monotonic() - begun
            self.family.end()
            given.close()
            outputs.finish()
        return verdict_of(self.family, plan, stopped, outputs, wall), outputs.out, outputs.err

    def _watch(self, plan, outputs, given, begun):
        """Until the main process has ended, or the name of the limit that it has broken."""
        watch = select.poll()
        watch.register(self.control, 0)
        watch.register(self.woken, select.POLLIN)
        for file in outputs.open:
            watch.register(file, select.POLLIN)
        if given.rest:
            watch.register(given.file, select.POLLOUT)
        looked = begun
        while self.family.status is None:
            for file, _ in watch.poll(_WATCH * 1000):
                if file == self.control:
                    raise Closed
                if file == self.woken:
                    drain(self.woken)
                elif file == given.file:
                    given.push()
                    if not given.rest:
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
                if self.family.used() * 1000 > plan.stop:
                    return "TimeLimit"
                if self.family.resident(plan.free_resident, plan.watched) > plan.limits["memoryBytes"]:
                    return "MemoryLimit"
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


class _Input:
    """What a program reads. The pipe is closed after the last byte, which tells the program that there is no more."""

    def __init__(self, file, content):
        self.file = file
        self.rest = memoryview(content)
        self.push()

    def push(self):
        try:
            while self.rest:
                self.rest = self.rest[os.write(self.file, self.rest):]
        except BlockingIOError:
            return
        except BrokenPipeError:
            # A program need not read what it is given.
            self.rest = self.rest[:0]
        self.close()

    def close(self):
        if self.file is not None:
            os.close(self.file)
            self.file = None


class Outputs:
    def __init__(self, out, err, plan):
        self.files = (out, err)
        self.open = {out, err}
        self.most = plan.limits["outputBytes"] + 1
        self.keep_head = plan.keep_head
        self.out = bytearray()
        self.err = bytearray()

    def take(self, file):
        """Reads what there is; false at the end."""
        return self._read(file) is not False

    def drain(self):
        """Takes what is in the pipes now; their writers may live on."""
        for file in self.files:
            while self._read(file):
                pass

    def _read(self, file):
        """True for something, None for nothing yet, False for the end."""
        try:
            part = os.read(file, _CHUNK)
        except BlockingIOError:
            return None
        if not part:
            self.open.discard(file)
            return False
        if file == self.files[0]:
            self.out += part[:self.most - len(self.out)]
        elif self.keep_head:
            self.err += part[:_ERROR_BYTES - len(self.err)]
        else:
            self.err += part
            del self.err[:-_ERROR_BYTES]
        return True

    def finish(self):
        """Takes what is left in the pipes, whose writers are all gone."""
        for file in self.files:
            while file in self.open and self.take(file):
                pass
            os.close(file)


def verdict_of(family, plan, stopped, outputs, wall):
    status = family.status
    header = {"cpuMs": family.cpu * 1000, "wallMs": wall * 1000, "memoryBytes": max(0, family.peak - plan.free_resident)}
    if stopped is None and family.cpu * 1000 > plan.limits["timeMs"]:
        stopped = "TimeLimit"
    if stopped is None and len(outputs.out) > plan.limits["outputBytes"]:
        stopped = "OutputLimit"
    if stopped is None and os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        # The kernel's own limit counts by ticks, which may run ahead of the time that it measures.
        stopped = "TimeLimit"
    if stopped is not None:
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


def become(plan, reading, out, err):
    """In the child: turns the copy of the runner into a process of the program's."""
    os.setsid()
    os.dup2(reading, 0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if kernel.LINUX:
        kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        _die_first()
    for which, values in plan.kernel_limits:
        resource.setrlimit(which, values)
    plan.begin()


def _die_first():
    """When the machine runs out of memory, the kernel takes the program before the runner."""
    try:
        file = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(file, b"1000")
        os.close(file)
    except OSError:
        pass


def drain(file):
    """Empties a pipe of which only its being filled matters."""
    try:
        while len(os.read(file, 512)) == 512:
            pass
    except BlockingIOError:
        pass
