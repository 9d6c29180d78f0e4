"""Rules of the kernel's Landlock: what a process may open, whom it may signal. They need no privilege and no namespace."""
import ctypes
import os
import stat
import struct

import kernel

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_EXECUTE, _WRITE, _READ, _LIST, _TRUNCATE, _DEVICE_CONTROL = 1, 2, 4, 8, 1 << 14, 1 << 15
_ON_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE | _DEVICE_CONTROL
_MAKE_DEVICES = 1 << 6 | 1 << 11
_O_PATH = 0o10000000

TO_READ = _EXECUTE | _READ | _LIST
TO_USE = _READ | _WRITE
TO_OWN = ~_MAKE_DEVICES


def version():
    """0 where the kernel has none of it."""
    try:
        return kernel.call(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1)) if kernel.LINUX else 0
    except OSError:
        return 0


class Rules:
    """Nothing may be opened but what is allowed, nothing bound or connected to, nobody outside signalled: as far as
    this kernel's version goes."""

    def __init__(self):
        found = version()
        if found == 0:
            raise OSError("the kernel has no Landlock to keep programs from files")
        self.signals = found >= 6
        # The first version has 13 rights; the second, third and fifth bring one each.
        self.handled = (1 << 13 + (found >= 2) + (found >= 3) + (found >= 5)) - 1
        attributes = [self.handled, 3, 3][:3 if found >= 6 else 2 if found >= 4 else 1]
        packed = struct.pack("=%dQ" % len(attributes), *attributes)
        self.file = kernel.call(_CREATE, packed, ctypes.c_size_t(len(packed)), ctypes.c_uint32(0))
        os.set_inheritable(self.file, False)

    def allow(self, path, rights):
        """For everything below a folder. What is not there need not be allowed."""
        try:
            place = os.open(path, _O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            return
        try:
            rights &= self.handled
            if not stat.S_ISDIR(os.fstat(place).st_mode):
                rights &= _ON_FILES
            rule = struct.pack("=Qi", rights, place)
            kernel.call(_ADD, ctypes.c_int(self.file), ctypes.c_int(1), rule, ctypes.c_uint32(0))
        finally:
            os.close(place)

    def enter(self):
        """For the calling process and what descends from it, for good."""
        kernel.call(_RESTRICT, ctypes.c_int(self.file), ctypes.c_uint32(0))
