"""Runs one process that is talked with: what it reads comes in pieces, and what it prints goes out while it runs.

After `talk`, the driver sends `given` (bytes to read), `end` (there are no more), `took` (a piece of output has been
dealt with) and `stop`. The runner sends `out` (a piece of output), `fed` (the bytes are in the program's pipe, or
nobody reads them), `closed` (no more output), and at last `case`.
"""
import os
import select
import time

import broom
from becoming import become
from case import verdict_of
from streams import Outputs, drain

_WATCH = 0.05
_PIECE = 1 << 16
# Pieces of output that the driver may have before it: beyond them the program waits at its full pipe.
_AHEAD = 4


def serve(program, plan, cases, channel, work):
    """One conversation after another. Returns only in the child of a plan that goes on in this interpreter."""
    while True:
        broom.sweep(work)
        program.place()
        asked, _ = channel.receive()
        while asked["kind"] != "talk":
            # Words for a conversation that was over before they came.
            asked, _ = channel.receive()
        if _Conversation(plan, cases, channel).hold():
            return


class _Conversation:
    def __init__(self, plan, cases, channel):
        self.plan = plan
        self.cases = cases
        self.family = cases.family
        self.channel = channel
        self.rest = memoryview(b"")
        self.fed, self.ends = True, False
        self.said = self.ahead = 0
        self.silent = False
        self.watch = select.poll()

    def hold(self):
        """True in the child."""
        reading, self.feeding = os.pipe()
        self.out, their_out = os.pipe()
        err, their_err = os.pipe()
        for file in (self.feeding, self.out, err):
            os.set_blocking(file, False)
        begun = time.monotonic()
        pid = self.cases.fork()
        if pid == 0:
            become(self.plan, reading, their_out, their_err, self.family.alone)
            return True
        for file in (reading, their_out, their_err):
            os.close(file)
        self.family.begin(pid)
        self.outputs = Outputs(self.out, err, self.plan)
        try:
            stopped = self._watch(err, begun)
        finally:
            wall = time.monotonic() - begun
            self.family.end()
            self._close_input()
            self.outputs.finish()
        header = verdict_of(self.family, self.plan, stopped, self.outputs, wall)
        while self.said < len(self.outputs.out):
            self._say()
        self.channel.send(dict(header, kind="case", outBytes=0), self.outputs.err)
        return False

    def _watch(self, err, begun):
        """As `Cases._watch`."""
        plan, family, outputs = self.plan, self.family, self.outputs
        self.watch.register(self.channel.reading, select.POLLIN)
        self.watch.register(self.cases.woken, select.POLLIN)
        for file in (self.out, err):
            self.watch.register(file, select.POLLIN)
        looked = begun
        while family.status is None:
            for file, _ in self.watch.poll(_WATCH * 1000):
                if file == self.channel.reading:
                    if self._listen():
                        return None
                elif file == self.cases.woken:
                    drain(file)
                elif file == self.feeding:
                    self._feed()
                elif not outputs.take(file):
                    self.watch.unregister(file)
            self._speak()
            family.reap()
            if len(outputs.out) > plan.limits["outputBytes"]:
                return "OutputLimit"
            now = time.monotonic()
            if plan.is_over(now - begun, family):
                return "TimeLimit"
            if now - looked >= _WATCH and family.status is None:
                looked = now
                if family.used() * 1000 > plan.stop:
                    return "TimeLimit"
                if family.resident(plan.free_resident, plan.watched) > plan.limits["memoryBytes"]:
                    return "MemoryLimit"
        return None

    def _listen(self):
        """Takes one message of the driver's; true when the conversation is to end."""
        header, body = self.channel.receive()
        kind = header["kind"]
        if kind == "given":
            self.rest, self.fed = memoryview(body), False
            if self.feeding is not None:
                self.watch.register(self.feeding, select.POLLOUT)
            self._feed()
        elif kind == "end":
            self.ends = True
            self._feed()
        elif kind == "took":
            self.ahead -= 1
            if self.ahead == _AHEAD - 1 and self.out in self.outputs.open:
                self.watch.register(self.out, select.POLLIN)
        return kind == "stop"

    def _feed(self):
        try:
            while self.rest and self.feeding is not None:
                self.rest = self.rest[os.write(self.feeding, self.rest):]
        except BlockingIOError:
            return
        except BrokenPipeError:
            # A program need not read what it is given.
            self._close_input()
        self.rest = self.rest[:0]
        if not self.fed:
            self.fed = True
            if self.feeding is not None:
                self.watch.unregister(self.feeding)
            self.channel.send({"kind": "fed"})
        if self.ends:
            self._close_input()

    def _speak(self):
        while self.said < len(self.outputs.out):
            self._say()
            self.ahead += 1
            if self.ahead == _AHEAD and self.out in self.outputs.open:
                self.watch.unregister(self.out)
        if not self.silent and self.out not in self.outputs.open:
            self.silent = True
            self.channel.send({"kind": "closed"})

    def _say(self):
        piece = self.outputs.out[self.said:self.said + _PIECE]
        self.said += len(piece)
        self.channel.send({"kind": "out"}, piece)

    def _close_input(self):
        if self.feeding is not None:
            if not self.fed:
                self.watch.unregister(self.feeding)
            os.close(self.feeding)
            self.feeding = None
