"""Cases of a Python program whose processes are made while their predecessors run.

A process that waits is a copy of the template, which has become one of the program's, but runs nothing of it. It has no input
yet: that is what it waits for, and gets only after its predecessor and all that came of it are gone. Until then it is out
of the reach of other processes, but for signals: these end it at once, or stop it until it is let go on. As it goes on it
says so; a case whose process has not said so has not begun, and is begun again with nobody about who could hinder it.
"""
import os
import select
import signal
import time

import broom
from streams import Input, Pipes
from template import Template

# A program with so many cases is worth some preparations.
_MANY = 24
# How often a process is asked for while no program runs that could hinder it.
_TRIES = 10
# So many words may lie unread: far fewer than a pipe takes.
_UNREAD = 1_000
# So many outcomes of short cases, or bytes of their outputs, are told at once.
_MOST_UNTOLD, _MOST_BYTES = 16, 1 << 16
_WELL = {"_tag": "Exited", "code": 0}


class Ahead:
    def __init__(self, cases, program, plan, ending, channel):
        self.cases = cases
        self.family = cases.family
        self.program = program
        self.plan = plan
        self.channel = channel
        self.hearing, telling = os.pipe()
        os.set_blocking(self.hearing, False)
        self.template = Template(cases, plan, program, ending, telling)
        self.unheard = 0
        self.begun = 0
        # Those of the process that waits, or is being made.
        self.pipes = None
        # The input of the next case, once it has come.
        self.coming = None
        # Outcomes that the driver has not been told yet. A case that lasts has time for that.
        self.untold, self.bytes = [], 0
        cases.leisure = self._tell

    def serve(self):
        """One case after another. Returns only in the template, which has to make `copies`."""
        # Before any input is here, of which the template would have a copy.
        if not self._ask():
            return
        while self._next():
            pass

    def _next(self):
        """False in the template."""
        self.begun += 1
        if self.begun == _MANY:
            self.template.prepare()
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
        """What has come of a case; None in the template."""
        pid = self._take()
        if pid == 0:
            return None
        pipes, self.pipes = self.pipes, None
        begun = time.monotonic()
        os.kill(pid, signal.SIGCONT)
        given = Input(pipes.feeding, stdin)
        self.unheard += 1
        # The next process is made before its input is here, of which it would have a copy otherwise.
        if self.coming is None and select.select((self.channel.reading,), (), (), 0)[0]:
            try:
                if not self._ask():
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

    def _take(self):
        """A process that waits; 0 in the template."""
        pid = self.template.take()
        tries = 0
        while pid is None:
            # There was none, or it has died meanwhile, or there was no room for it.
            if tries == _TRIES:
                raise OSError("no process can be made for a case")
            tries += 1
            if not self._ask():
                return 0
            pid = self.template.take()
        return pid

    def _ask(self):
        """Lets a process be made that waits. False in the template."""
        if self.pipes is not None:
            self.pipes.close_ours()
        self.pipes = Pipes()
        try:
            if self.template.ask(self.pipes):
                return False
        except OSError:
            self.pipes.close_theirs()
            raise
        self.pipes.close_theirs()
        return True

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
