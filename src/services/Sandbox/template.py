"""A process that does nothing but make copies of itself, for the cases of a Python program.

It is a copy of the runner that has become one of the program's, as far as all cases have that in common, and runs nothing of
it. Whatever a process writes to after a copy was made has to be copied page by page: the template writes to little, and
the runner, which makes no copies itself, to nothing that is shared. The copies are children of the runner's, not of the
template's. A program can end or stop the template: one that was stopped is let go on, another takes the place of a dead one.
"""
import ctypes
import gc
import os
import resource
import select
import signal
import struct

import _signal
import _socket

import kernel

# The number of `clone`, and the places of its arguments "where to keep the number of the thread" and "other data".
_CLONE = {"x86_64": (56, 4, 5), "aarch64": (220, 5, 4)}
_KEEPS_PARENT, _TELLS_NUMBER, _CLEARS_NUMBER = 0x8000, 0x01000000, 0x00200000
_PR_GET_TID_ADDRESS = 40
# The template's descriptors beside the streams of the next copy: what copies tell, and where copies are asked for.
_TOLD, _ASKED = 3, 4
# How long the runner waits for a word of a template that a living program may have stopped, in milliseconds.
_BRIEF = 100
_PLACE = struct.Struct("=3i")


class Template:
    """The runner's side. `spared` is the family's set of processes that outlive a case."""

    def __init__(self, cases, plan, program, telling):
        self.cases = cases
        self.family = cases.family
        self.plan = plan
        self.program = program
        self.telling = telling
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
        passed = [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, _PLACE.pack(*pipes.theirs))]
        self.is_asked = True
        try:
            self.socket.sendmsg([b"."], passed)
        except OSError:
            # It is gone, which shows when the copy is wanted.
            pass
        return False

    def take(self):
        """The copy that was asked for; None if there is none. To be called while no program runs."""
        while self.is_asked and self.pid in self.family.spared:
            self._hear()
            self.family.reap()
        pid, self.waiting, self.is_asked = self.waiting, None, False
        if pid not in self.family.spared:
            return None
        self.family.spared.discard(pid)
        return pid

    def _hear(self):
        """Takes the template's word for which process is a copy."""
        if not self.is_asked or self.pid not in self.family.spared:
            return
        try:
            os.kill(self.pid, signal.SIGCONT)
        except ProcessLookupError:
            return
        watch = select.poll()
        watch.register(self.socket.fileno(), select.POLLIN)
        if not watch.poll(_BRIEF):
            return
        try:
            word = self.socket.recv(16)
        except OSError:
            return
        self.is_asked = False
        pid = int(word or b"-1")
        if pid > 0 and pid not in self.family.buried:
            self.waiting = pid
            self.family.spared.add(pid)

    def _start(self):
        if self.socket is not None:
            self.socket.close()
        self.is_asked, self.waiting = False, None
        ours, theirs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
        try:
            self.pid = self.cases.fork()
        except OSError:
            ours.close()
            theirs.close()
            self.socket = None
            raise
        if self.pid == 0:
            self.socket = theirs
            return
        theirs.close()
        self.socket = ours
        self.family.spared.add(self.pid)

    def _become(self):
        os.setsid()
        _signal.set_wakeup_fd(-1)
        _signal.signal(_signal.SIGCHLD, _signal.SIG_DFL)
        os.dup2(self.telling, _TOLD)
        os.dup2(self.socket.fileno(), _ASKED)
        for which, values in self.plan.kernel_limits:
            if which == resource.RLIMIT_CPU:
                self.seconds = values
            else:
                resource.setrlimit(which, values)
        self.program.begin(_ASKED + 1)

    def copies(self):
        """In the template. Returns in each copy, once that has its input. All that a copy calls is called in one way, which
        touches the fewest pages, and nothing is let go of."""
        try:
            c = _Calls(self.seconds)
            asked = _socket.socket(fileno=_ASKED)
            self.kept = c, asked
            gc.collect()
            c.trim(0)
            gc.freeze()
            while True:
                # What is passed gets the lowest numbers: those of the streams.
                os.closerange(0, _TOLD)
                if not asked.recvmsg(1, c.room)[0]:
                    os._exit(0)
                c.before_fork()
                pid = c.call(*c.clone)
                if pid == 0:
                    break
                c.after_fork()
                asked.send(b"%d" % pid)
            c.after_fork_in_copy()
            c.setsid()
            c.close(_ASKED)
            c.setrlimit(*c.time)
            while c.poll(*c.input) < 1:
                pass
            c.write(*c.begun)
            c.close(_TOLD)
            # Now it may look at itself in /proc.
            c.prctl(*c.visible)
        except BaseException:
            os._exit(1)


class _Calls:
    """Functions of the C library and of the interpreter, and what they are called with, made before any copy is."""

    def __init__(self, seconds):
        api = ctypes.PyDLL(None)
        self.before_fork, self.after_fork = api.PyOS_BeforeFork, api.PyOS_AfterFork_Parent
        self.after_fork_in_copy = api.PyOS_AfterFork_Child
        for one in (self.before_fork, self.after_fork, self.after_fork_in_copy):
            one.restype = None
        self.call, self.clone = api.syscall, _clone_arguments()
        self.call.restype = ctypes.c_long
        self.trim = api.malloc_trim
        self.setsid, self.close, self.write = api.setsid, api.close, api.write
        self.room = _socket.CMSG_SPACE(_PLACE.size)
        self.setrlimit = api.setrlimit
        self.limit = (ctypes.c_ulong * 2)(*seconds)
        self.time = resource.RLIMIT_CPU, ctypes.byref(self.limit)
        self.poll = api.poll
        self.watched = ctypes.create_string_buffer(struct.pack("=ihh", 0, select.POLLIN, 0), 8)
        self.input = ctypes.byref(self.watched), ctypes.c_ulong(1), ctypes.c_int(-1)
        self.begun = _TOLD, b".", ctypes.c_size_t(1)
        self.prctl = api.prctl
        self.visible = kernel.PR_SET_DUMPABLE, *map(ctypes.c_ulong, (1, 0, 0, 0))


def is_possible():
    """Whether this system can make such copies."""
    try:
        return _clone_arguments() is not None
    except (OSError, AttributeError):
        return False


def _clone_arguments():
    place = _CLONE.get(os.uname().machine) if kernel.LINUX else None
    if place is None:
        return None
    number, thread, _ = place
    # Where the C library keeps the number of this thread, which is another in a copy.
    address = ctypes.c_void_p()
    kernel.prctl(_PR_GET_TID_ADDRESS, ctypes.addressof(address))
    if not address.value or ctypes.c_int.from_address(address.value).value != os.getpid():
        return None
    words = [0] * 6
    words[0] = number
    words[1] = _KEEPS_PARENT | _TELLS_NUMBER | _CLEARS_NUMBER | signal.SIGCHLD
    words[thread] = address.value
    return tuple(map(ctypes.c_long, words))
