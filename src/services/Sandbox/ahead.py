"""Cases of a Python program whose processes are made while their predecessors run.

A process that waits is a copy of the runner which has become one of the program's, but runs nothing of it. It has no input
yet: that is what it waits for, and gets only after its predecessor and all that came of it are gone. Until then it is out
of the reach of other processes, but for signals: these end it at once, or stop it until it is let go on. As it goes on it
says so; a case whose process has not said so has not begun, and is begun again with nobody about who could hinder it.
"""
import os
import select
import signal
import time

import broom
import kernel
from becoming import become
from streams import Input, Pipes

# What a process that waits tells, in a descriptor of this number.
_TOLD = 3
# So many words may lie unread: far fewer than a pipe takes.
_UNREAD = 1_000
# So many outcomes of short cases, or bytes of their outputs, are told at once.
_MOST_UNTOLD, _MOST_BYTES = 16, 1 << 16
_WELL = {"_tag": "Exited", "code": 0}


class Ahead:
    def __init__(self, cases, program, plan, channel):
        self.cases = cases
        self.family = cases.family
        self.program = program
        self.plan = plan
        plan.begin = self._become
        self.channel = channel
        self.hearing, self.telling = os.pipe()
        os.set_blocking(self.hearing, False)
        self.unheard = 0
        # Those of the process that waits, if there is one.
        self.pipes = None
        # The input of the next case, once it has come.
        self.coming = None
        # Outcomes that the driver has not been told yet. A case that lasts has time for that.
        self.untold, self.bytes = [], 0
        cases.leisure = self._tell

    def serve(self):
        """One case after another. Returns only in a child, which has to `wait`."""
        while self._next():
            pass

    def wait(self):
        """In a child: until it has its input."""
        try:
            select.select((0,), (), ())
            os.write(_TOLD, b".")
            os.close(_TOLD)
            kernel.be_visible()
        except BaseException:
            os._exit(1)

    def _next(self):
        """False in a child."""
        broom.sweep(self.program.work)
        self.program.place()
        stdin, self.coming = self.coming, None
        if stdin is None:
            self._tell()
            stdin = self.channel.receive()[1]
        outcome = self._case(stdin)
        if outcome is not None and not self._has_begun(outcome[0]):
            # Nobody is left who could hinder it.
            outcome = self._case(stdin)
        if outcome is None:
            return False
        header, out, err = outcome
        self.untold.append((dict(header, kind="case"), out, err))
        self.bytes += len(out) + len(err)
        return True

    def _case(self, stdin):
        """What has come of a case; None in a child."""
        if not self._is_ready() and not self._make():
            return None
        pid, pipes = self.family.spared, self.pipes
        self.family.spared = self.pipes = None
        begun = time.monotonic()
        os.kill(pid, signal.SIGCONT)
        given = Input(pipes.feeding, stdin)
        self.unheard += 1
        # The next process is made before its input is here, of which it would have a copy otherwise.
        if self.coming is None and select.select((self.channel.reading,), (), (), 0)[0]:
            try:
                if not self._make():
                    return None
            except OSError:
                # There is no room for it now: it is made when it is needed.
                pass
            self.coming = self.channel.receive()[1]
        if self.coming is None or len(self.untold) >= _MOST_UNTOLD or self.bytes >= _MOST_BYTES:
            self._tell()
        return self.cases.follow(self.plan, pid, pipes, given, begun)

    def _tell(self):
        if self.untold:
            self.channel.send_all(self.untold)
            self.untold, self.bytes = [], 0

    def _make(self):
        """Makes a process that waits. False in that process."""
        pipes = Pipes()
        try:
            pid = self.cases.fork()
        except OSError:
            pipes.close_theirs()
            pipes.close_ours()
            raise
        if pid == 0:
            become(self.plan, *pipes.theirs, True, visible=False)
            return False
        pipes.close_theirs()
        self.pipes = pipes
        self.family.spared = pid
        return True

    def _become(self):
        os.dup2(self.telling, _TOLD)
        self.program.begin(_TOLD + 1)

    def _is_ready(self):
        """Whether there is a process that waits; one that has died meanwhile is forgotten."""
        if self.pipes is not None and self.family.spared is None:
            self.pipes.close_ours()
            self.pipes = None
        return self.pipes is not None

    def _has_begun(self, header):
        is_well = header["ending"] == _WELL
        if is_well and self.unheard < _UNREAD:
            return True
        try:
            self.unheard -= len(os.read(self.hearing, _UNREAD))
        except BlockingIOError:
            pass
        silent, self.unheard = self.unheard, 0
        return is_well or silent == 0
