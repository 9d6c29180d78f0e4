"""The template's side of making copies; see `template.py`."""
import ctypes
import gc
import os
import resource
import select
import signal
import struct

import _socket

import code_pages
import kernel
from written_pages import written_pages

# The template's descriptors beside the streams of the next copy: what copies tell, and where copies are asked for.
TOLD, ASKED = 3, 4
# What is asked for: a copy, or to make copies quicker.
COPY, PREPARE = b".", b"+"
# The streams of a copy.
PLACE = struct.Struct("=3i")
# The number of `clone`, and the place of its argument "where to keep the number of the thread".
_CLONE = {"x86_64": (56, 4), "aarch64": (220, 5)}
_KEEPS_PARENT, _TELLS_NUMBER, _CLEARS_NUMBER = 0x8000, 0x01000000, 0x00200000
_PR_GET_TID_ADDRESS = 40
_MADV_POPULATE_WRITE = 23
_MOST_RANGES = 1024
# What a copy need not let go of.
_kept = []


def make_copies(seconds, ending):
    """Returns in each copy, once that has its input. All that a copy calls is called in one way, which touches the fewest pages.
    `seconds` are its limits of processor time, `ending` is that of its program."""
    try:
        c = _Calls(seconds)
        asked = _socket.socket(fileno=ASKED)
        _kept.extend((c, asked))
        gc.collect()
        c.trim(0)
        gc.freeze()
        while True:
            # What is passed gets the lowest numbers: those of the streams.
            os.closerange(0, TOLD)
            word = asked.recvmsg(1, c.room)[0]
            if word == PREPARE:
                asked.send(b"%d" % c.prepare(ending))
                continue
            if not word:
                os._exit(0)
            c.before_fork()
            pid = c.call(*c.clone)
            if pid == 0:
                break
            c.after_fork()
            asked.send(b"%d" % pid)
        if c.at_once:
            c.call(*c.at_once)
        c.after_fork_in_copy()
        c.setsid()
        c.close(asked.detach())
        c.setrlimit(*c.time)
        for one in c.ahead:
            c.fill(*one)
        while c.poll(*c.input) < 1:
            pass
        c.write(*c.begun)
        c.close(TOLD)
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
        self.room = _socket.CMSG_SPACE(PLACE.size)
        self.setrlimit = api.setrlimit
        self.limit = (ctypes.c_ulong * 2)(*seconds)
        self.time = resource.RLIMIT_CPU, ctypes.byref(self.limit)
        self.poll = api.poll
        self.watched = ctypes.create_string_buffer(struct.pack("=ihh", 0, select.POLLIN, 0), 8)
        self.input = ctypes.byref(self.watched), ctypes.c_ulong(1), ctypes.c_int(-1)
        self.begun = TOLD, b".", ctypes.c_size_t(1)
        # Pages to be copied: at once, where the kernel does it, or range by range.
        self.at_once = None
        self.fill, self.ahead = api.madvise, []
        self.prctl = api.prctl
        self.visible = kernel.PR_SET_DUMPABLE, *map(ctypes.c_ulong, (1, 0, 0, 0))

    def prepare(self, ending):
        """How much of memory a copy has from the start, in bytes."""
        for _ in range(TOLD):
            # The streams' places, which nothing else may take.
            os.open(os.devnull, os.O_RDWR)
        code_pages.gather()
        # Twice, since what is noted for the first time takes memory that the program would have got.
        for _ in range(2):
            self._copy_ahead(written_pages(ending))
        gc.collect()
        gc.freeze()
        return _resident()

    def _copy_ahead(self, ranges):
        ranges = ranges[:_MOST_RANGES]
        self.at_once, self.ahead = None, []
        if ranges and self.call(*_populating(ranges[:1])) > 0:
            self.at_once = _populating(ranges)
            return
        self.ahead = [
            (ctypes.c_void_p(start), ctypes.c_size_t(size), _MADV_POPULATE_WRITE) for start, size in ranges
        ]


def _populating(ranges):
    """What `syscall` is called with for these to be copied, which Linux does since 6.14: `process_madvise`, of oneself."""
    described = (ctypes.c_ulong * (2 * len(ranges)))(*(word for one in ranges for word in one))
    count = ctypes.c_ulong(len(ranges))
    words = (kernel.PROCESS_MADVISE, kernel.PIDFD_SELF)
    return (*map(ctypes.c_long, words), described, count, ctypes.c_long(_MADV_POPULATE_WRITE), ctypes.c_long(0))


def _resident():
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


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
    number, thread = place
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
