"""A program whose cases run in one process of a runtime that starts slowly, the server.

The server is given its input as a file that it may read again for each case, and two further descriptors. It writes a
line to 4 when it is ready: `ready`, or `alone` for a program that it must not run. For each byte on 3 it runs one
case and writes `done STATUS`, or `last STATUS` where it must not run another. It has no say beyond that: when it ends
instead, or leaves anything running, the case is run again in a process of its own, and that counts.
"""
import os
import resource
import select
import time

import broom
from becoming import become
from case import Plan
from channel import Closed
from command_program import CommandProgram
from native_program import execute
from streams import Outputs, drain

_WATCH = 0.05
# After so many servers that a program has brought down, it gets a process per case.
_MOST_LOST = 2


class ServedProgram(CommandProgram):
    def server(self, plan):
        """The function that runs a case; `plan` is for a process per case."""
        self.lost = 0
        self.process = None
        limits = [one for one in plan.kernel_limits if one[0] != resource.RLIMIT_CPU]
        self.serving = Plan(self._exec, plan.limits, limits, plan.free_resident, watched=plan.watched)
        self.starting = Plan(self._exec, self.description["compileLimits"], limits)
        return self.run

    def run(self, plan, stdin):
        if self.lost < _MOST_LOST:
            if self.process is None:
                self.process = self._start()
            outcome = self.process and self._case(stdin)
            if outcome:
                return outcome
            self._lose()
            broom.sweep(self.work)
            self.place()
        return self.cases.run(plan, stdin)

    def _start(self):
        """None where the server does not come up, or does not want the program."""
        process = _Process(self.work)
        self.files_of_child = (process.their_go, process.their_word)
        pid = self.cases.fork()
        if pid == 0:
            become(self.serving, process.input, process.their_out, process.their_err)
        self.cases.family.begin(pid)
        process.started()
        word = self._word(process, None, time.monotonic())
        if word == ["ready"]:
            return process
        self.lost = _MOST_LOST
        process.close()
        return None

    def _exec(self):
        import fcntl
        high = [fcntl.fcntl(file, fcntl.F_DUPFD, 10) for file in self.files_of_child]
        for number, file in zip((3, 4), high):
            os.dup2(file, number)
            os.close(file)
        command = self.words("serve")
        execute(command[0], command, self.environment)

    def _case(self, stdin):
        """(header, stdout, stderr), or None where the server has not run the case to its end."""
        process, family, limits = self.process, self.cases.family, self.serving.limits
        outputs = Outputs(process.out, process.err, self.serving)
        outputs.drain()
        outputs.out.clear()
        outputs.err.clear()
        process.feed(stdin)
        before, begun = family.used(), time.monotonic()
        process.go()
        word = self._word(process, outputs, begun, before)
        wall = time.monotonic() - begun
        outputs.drain()
        family.reap()
        cpu = family.used() - before
        if word is None:
            return None
        stopped = word[0] if len(word) == 1 else None
        if stopped is None and cpu * 1000 > limits["timeMs"]:
            stopped = "TimeLimit"
        if stopped is None and len(outputs.out) > limits["outputBytes"]:
            stopped = "OutputLimit"
        header = {
            "cpuMs": cpu * 1000, "wallMs": wall * 1000, "outBytes": len(outputs.out),
            "memoryBytes": family.resident(self.serving.free_resident, True),
            "ending": {"_tag": stopped} if stopped else {"_tag": "Exited", "code": int(word[1])},
        }
        if stopped is None and header["memoryBytes"] > limits["memoryBytes"]:
            # It was faster than it is looked at, or has kept what earlier cases had: a process of its own tells.
            return None
        if stopped or word[0] != "done" or family.count() != 1:
            self._lose(0)
        return header, outputs.out, outputs.err

    def _word(self, process, outputs, begun, before=0.0):
        """What the server says, as a list of words; the name of a limit, as a list of one; None when it is gone."""
        watch = select.poll()
        for file in (self.cases.woken, process.word, process.out, process.err):
            watch.register(file, select.POLLIN)
        watch.register(self.cases.control, 0)
        family, limits = self.cases.family, self.serving.limits
        line, looked, waits = b"", begun, None
        while True:
            for file, _ in watch.poll(_WATCH * 1000):
                if file == self.cases.control:
                    raise Closed
                if file == self.cases.woken:
                    drain(file)
                elif file == process.word:
                    part = os.read(file, 64)
                    line += part
                    if not part or len(line) > 64:
                        return None
                elif not (outputs or process.start).take(file):
                    watch.unregister(file)
            if line.endswith(b"\n"):
                return _understood(line)
            family.reap()
            if family.status is not None:
                return None
            now = time.monotonic()
            if outputs is None:
                if self.starting.is_over(now - begun, family):
                    return ["TimeLimit"]
                continue
            if len(outputs.out) > limits["outputBytes"]:
                return ["OutputLimit"]
            if self.serving.is_over(now - begun, family, waits or ()):
                return ["TimeLimit"]
            if now - looked >= _WATCH:
                looked = now
                # Asked for so late, since most cases have ended by then.
                waits = waits or family.waits()
                if (family.used() - before) * 1000 > limits["timeMs"]:
                    return ["TimeLimit"]
                if family.resident(self.serving.free_resident, True) > limits["memoryBytes"]:
                    return ["MemoryLimit"]

    def _lose(self, faults=1):
        self.lost += faults
        self.cases.family.end()
        if self.process:
            self.process.close()
        self.process = None


class _Process:
    """The runner's side of a server."""

    def __init__(self, work):
        path = os.path.join(work, ".input")
        self.input = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        os.unlink(path)
        self.their_go, self.asking = os.pipe()
        self.word, self.their_word = os.pipe()
        self.out, self.their_out = os.pipe()
        self.err, self.their_err = os.pipe()
        for file in (self.out, self.err):
            os.set_blocking(file, False)
        self.start = _Ignored()

    def started(self):
        for file in (self.their_go, self.their_word, self.their_out, self.their_err):
            os.close(file)

    def feed(self, content):
        os.ftruncate(self.input, 0)
        rest, place = memoryview(content), 0
        while rest:
            written = os.pwrite(self.input, rest, place)
            rest, place = rest[written:], place + written
        os.lseek(self.input, 0, os.SEEK_SET)

    def go(self):
        try:
            os.write(self.asking, b"g")
        except BrokenPipeError:
            # That it is gone shows in its word.
            pass

    def close(self):
        for file in (self.input, self.asking, self.word, self.out, self.err):
            os.close(file)


class _Ignored:
    """What a server writes before it is ready."""

    def take(self, file):
        try:
            return bool(os.read(file, 1 << 16))
        except BlockingIOError:
            return True


def _understood(line):
    words = line.decode("ascii", "replace").split()
    if words == ["ready"]:
        return words
    whole = len(words) == 2 and words[0] in ("done", "last") and words[1].isdigit() and int(words[1]) < 256
    return words if whole else None
