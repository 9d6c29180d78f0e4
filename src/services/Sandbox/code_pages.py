"""Puts the interpreter's code and constants into huge pages of memory.

A copy of a process has to map each page of a file again as it comes to it, some sixty times in a short program. Huge pages
of memory, which nobody writes to, it has at once.
"""
import ctypes
import os

import kernel

_HUGE = 1 << 21
_READ, _WRITE, _EXECUTE = 1, 2, 4
_PRIVATE, _ANONYMOUS = 2, 32
_MAY_MOVE, _FIXED = 1, 2
_MADV_HUGEPAGE, _MADV_COLLAPSE = 14, 25
_WORD, _SIZE = ctypes.c_void_p, ctypes.c_size_t


def gather():
    """Does what it can: without huge pages everything stays as it is. No other processor than this one is known to see new
    code at once."""
    if not kernel.LINUX or os.uname().machine != "x86_64":
        return
    start, end = _aligned(*_mapped(ctypes.cast(ctypes.pythonapi.Py_IncRef, _WORD).value))
    if start >= end:
        return
    libc, size = ctypes.PyDLL(None), end - start
    libc.mmap.restype = libc.mremap.restype = _WORD
    libc.mmap.argtypes = _WORD, _SIZE, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long
    libc.mremap.argtypes = _WORD, _SIZE, _SIZE, ctypes.c_int, _WORD
    libc.munmap.argtypes = _WORD, _SIZE
    libc.madvise.argtypes = libc.mprotect.argtypes = _WORD, _SIZE, ctypes.c_int
    room = libc.mmap(None, size + _HUGE, _READ | _WRITE, _PRIVATE | _ANONYMOUS, -1, 0)
    if room == _WORD(-1).value:
        return
    new = room + -room % _HUGE
    libc.madvise(new, size, _MADV_HUGEPAGE)
    ctypes.memmove(new, start, size)
    # Only now it is known whether there are huge pages; older kernels do not tell.
    if libc.mprotect(new, size, _READ | _EXECUTE) == 0 and libc.madvise(new, size, _MADV_COLLAPSE) == 0:
        # The same bytes at the same place, while the kernel's code runs and none of these.
        libc.mremap(new, size, size, _MAY_MOVE | _FIXED, start)
    else:
        libc.munmap(new, size)
    libc.munmap(room, new - room)
    libc.munmap(new + size, room + _HUGE - new)


def _mapped(address):
    """Where the file is mapped, without a gap and not to be written to, that has this address."""
    start = end = 0
    file = None
    with open("/proc/self/maps") as lines:
        for line in lines:
            fields = line.split(None, 5)
            first, last = (int(word, 16) for word in fields[0].split("-"))
            if fields[1] not in ("r--p", "r-xp") or len(fields) < 6:
                file = None
                continue
            if fields[5] != file or first != end:
                if start <= address < end:
                    break
                start, file = first, fields[5]
            end = last
    return (start, end) if start <= address < end else (0, 0)


def _aligned(start, end):
    return start + -start % _HUGE, end - end % _HUGE
