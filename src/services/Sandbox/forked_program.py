"""A program whose cases run in copies of one warm process of a runtime that starts slowly, the original.

The original gets a socket as descriptor 3 and says `ready` on it, or ends where it must not run the program. For each
case it is sent the limits of processor time and three descriptors, makes a copy of itself that goes on with them as
its standard streams, and says its number, then how it has ended. No copy can reach the original. A copy is a process
as any other; only where it ends as no program should, the case is run again in a process of its own, and that counts.
"""
import os
import resource
import select
import struct

import _socket

import broom
from becoming import become
from case import Plan
from channel import Closed
from command_program import CommandProgram
from native_program import execute

_BEGUN, _ENDED = struct.Struct("=q"), struct.Struct("=qqq")
_LIMITS = struct.Struct("=QQ")
# How long the original may take to start, or to make a copy, in milliseconds.
_PATIENCE = 10_000
# Threads that an original has beside its copies.
_THREADS = 8
# After so many doubtful cases the program gets a process per case.
_MOST_LOST = 2


class Lost(Exception):
    """The original is gone."""


class ForkedProgram(CommandProgram):
    def __init__(self, description, source, cases, work, environment):
        import binascii
        hosts = description["hosts"].items()
        self.hosts = {name: binascii.a2b_base64(content) for name, content in hosts}
        super().__init__(description, source, cases, work, environment)

    def server(self, plan):
        """The function that runs a case; `plan` is for a process per case."""
        self.lost = 0
        self.original = None
        limits = [_with_threads(one) for one in plan.kernel_limits if one[0] != resource.RLIMIT_CPU]
        self.serving = Plan(self._exec, plan.limits, limits)
        return self.run

    def run(self, plan, stdin):
        if self.lost < _MOST_LOST:
            try:
                if not self.cases.family.spared:
                    self._start()
                self.cases.family.let_original_go_on()
                outcome = self.cases.run(plan, stdin, self.original)
                if _is_sure(outcome[0], plan):
                    return outcome
                self.lost += 1
            except Lost:
                self.lost += 1
            self._clean()
        return self.cases.run(plan, stdin)

    def _start(self):
        if self.original:
            self.original.close()
        self.original = None
        paths = {os.path.join(self.work, name): content for name, content in self.hosts.items()}
        for path, content in paths.items():
            with open(path, "wb") as file:
                file.write(content)
        ours, theirs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
        self.theirs = theirs.fileno()
        null = os.open(os.devnull, os.O_RDWR)
        pid = self.cases.fork()
        if pid == 0:
            become(self.serving, null, null, null, True)
        os.close(null)
        theirs.close()
        self.cases.family.begin(pid)
        self.original = _Original(ours, self.cases.control)
        if self.original.word(_PATIENCE) != b"ready":
            self.lost = _MOST_LOST
            raise Lost
        for path in paths:
            os.unlink(path)
        self.cases.family.spared.add(pid)

    def _exec(self):
        # A copy of its own, since a descriptor onto itself would be closed.
        os.dup2(os.dup(self.theirs), 3)
        command = self.words("fork")
        execute(command[0], command, dict(self.environment, **self.description["forkEnvironment"]))

    def _clean(self):
        self.cases.family.spared.clear()
        self.cases.family.end()
        broom.sweep(self.work)
        self.place()


class _Original:
    """The runner's side of an original."""

    def __init__(self, socket, control):
        self.socket = socket
        self.file = socket.fileno()
        self.control = control

    def fork(self, plan, *streams):
        """Makes a copy that has these streams, and gives its number."""
        limits = next(one for one in plan.kernel_limits if one[0] == resource.RLIMIT_CPU)[1]
        passed = [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, struct.pack("=3i", *streams))]
        try:
            self.socket.sendmsg([_LIMITS.pack(*limits)], passed)
        except OSError:
            raise Lost from None
        word = self.word(_PATIENCE)
        if len(word) != _BEGUN.size:
            raise Lost
        return _BEGUN.unpack(word)[0]

    def ended(self):
        """(status, processor seconds, kilobytes at most) of the copy, or None as long as it runs."""
        try:
            word = self.socket.recv(64, _socket.MSG_DONTWAIT)
        except OSError:
            return None
        if len(word) != _ENDED.size:
            return None
        status, microseconds, peak = _ENDED.unpack(word)
        return status, microseconds / 1e6, peak

    def word(self, within):
        watch = select.poll()
        watch.register(self.file, select.POLLIN)
        watch.register(self.control, 0)
        told = dict(watch.poll(within))
        if self.control in told:
            raise Closed
        try:
            return self.socket.recv(64, _socket.MSG_DONTWAIT)
        except OSError:
            return b""

    def close(self):
        self.socket.close()


def _with_threads(limit):
    which, (soft, hard) = limit
    if which != resource.RLIMIT_NPROC:
        return limit
    highest = resource.getrlimit(which)[1]
    most = hard + _THREADS if highest == resource.RLIM_INFINITY else min(hard + _THREADS, highest)
    return which, (min(soft + _THREADS, most), most)


def _is_sure(header, plan):
    """Whether a process of its own would have ended in the same way."""
    tag = header["ending"]["_tag"]
    if tag == "TimeLimit":
        return header["cpuMs"] > plan.limits["timeMs"]
    return tag != "Signaled"
