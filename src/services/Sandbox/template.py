"""A process that does nothing but make copies of itself, for the cases of a Python program.

It is a copy of the runner that has become one of the program's, as far as all cases have that in common, and runs nothing of
it. Whatever a process writes to after a copy was made has to be copied page by page: the template writes to little, and
the runner, which makes no copies itself, to nothing that is shared. The copies are children of the runner's, not of the
template's. A program can end or stop the template: one that was stopped is let go on, another takes the place of a dead one.
"""
import os
import resource
import select
import signal
import struct

import _signal
import _socket

from copies import ASKED, COPY, PLACE, PREPARE, TOLD, make_copies

# How long the runner waits for a word of a template that a living program may have stopped, in milliseconds.
_BRIEF = 100


class Template:
    """The runner's side. `spared` is the family's set of processes that outlive a case."""

    def __init__(self, cases, plan, program, ending, telling):
        self.cases = cases
        self.family = cases.family
        self.plan = plan
        self.program = program
        self.ending = ending
        self.telling = telling
        self.own_resident = plan.free_resident
        self.pid = None
        self.socket = None
        # Whether a copy was asked for of which nothing is known yet.
        self.is_asked = False
        # The copy that waits.
        self.waiting = None
        self.family.hear = self._hear

    def ask(self, pipes):
        """Lets a copy be made that has these streams. True in the template, if there was none: it has to make `copies`."""
        if self.pid not in self.family.spared:
            self._start()
            if self.pid == 0:
                self._become()
                return True
        passed = [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, PLACE.pack(*pipes.theirs))]
        try:
            self.socket.sendmsg([COPY], passed)
            self.is_asked = True
        except OSError:
            # It is gone, or the system passes no more files: the copy is missed when it is wanted.
            self._give_up()
        return False

    def take(self):
        """The copy that was asked for; None if there is none. To be called while no program runs."""
        self._await()
        pid, self.waiting, self.is_asked = self.waiting, None, False
        if pid not in self.family.spared:
            return None
        self.family.spared.discard(pid)
        return pid

    def prepare(self):
        """Lets the template make its copies quicker, which takes as long as some of them do. To be called while no program
        runs."""
        self._await()
        if self.pid not in self.family.spared:
            return
        try:
            self.socket.send(PREPARE)
        except OSError:
            return
        while self.pid in self.family.spared:
            # No word is awaited from one that a program has stopped in a case without a copy to be made.
            os.kill(self.pid, signal.SIGCONT)
            if self._has_word(_BRIEF):
                self.plan.free_resident = max(self.own_resident, int(self._word() or 0))
                return
            self.family.reap()

    def _await(self):
        while self.is_asked and self.pid in self.family.spared:
            self._hear()
            self.family.reap()

    def _hear(self):
        """Takes the template's word for which process is a copy."""
        if not self.is_asked or self.pid not in self.family.spared:
            return
        try:
            os.kill(self.pid, signal.SIGCONT)
        except ProcessLookupError:
            return
        if not self._has_word(_BRIEF):
            return
        self.is_asked = False
        word = self._word()
        if not word:
            self._give_up()
            return
        pid = int(word)
        if pid > 0 and pid not in self.family.buried:
            self.waiting = pid
            self.family.spared.add(pid)

    def _has_word(self, within):
        watch = select.poll()
        watch.register(self.socket.fileno(), select.POLLIN)
        return bool(watch.poll(within))

    def _word(self):
        try:
            return self.socket.recv(16)
        except OSError:
            return b""

    def _give_up(self):
        """It has closed its end, but may take a while to be dead."""
        if self.pid in self.family.spared:
            os.kill(self.pid, signal.SIGKILL)
        self.pid = None

    def _start(self):
        if self.socket is not None:
            self.socket.close()
        self.is_asked, self.waiting = False, None
        self.plan.free_resident = self.own_resident
        ours, theirs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
        try:
            self.pid = self.cases.fork()
        except OSError:
            ours.close()
            theirs.close()
            self.socket = None
            raise
        if self.pid == 0:
            ours.close()
            self.socket = theirs
            return
        theirs.close()
        self.socket = ours
        self.family.spared.add(self.pid)

    def _become(self):
        os.setsid()
        _signal.set_wakeup_fd(-1)
        _signal.signal(_signal.SIGCHLD, _signal.SIG_DFL)
        os.dup2(self.telling, TOLD)
        # A socket that still had the number of a closed one would close, at its end, what a program has there.
        os.dup2(self.socket.fileno(), ASKED)
        os.close(self.socket.detach())
        for which, values in self.plan.kernel_limits:
            if which == resource.RLIMIT_CPU:
                self.seconds = values
            else:
                resource.setrlimit(which, values)
        self.program.begin(ASKED + 1)

    def copies(self):
        """In the template. Returns in each copy, once that has its input."""
        make_copies(self.seconds, self.ending)
