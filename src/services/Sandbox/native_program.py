"""A program that a compiler turns into one executable file, which is then executed for each case."""
import os
import stat

import _signal

from case import Plan

_NAME = "program"
_EXECUTABLE_BYTES = 1 << 26
_SEAL, _SEALED = 1033, 1 | 2 | 4 | 8


class NativeProgram:
    """`file` is where the executable is kept: a descriptor in memory, or a path where there is no such thing."""

    def __init__(self, description, source, cases, work, file, environment):
        self.description = description
        self.source = source
        self.cases = cases
        self.work = work
        self.file = file
        self.environment = environment
        self.executable = None

    def prepare(self, limits, kernel_limits):
        """As `PythonProgram.prepare`."""
        with open(os.path.join(self.work, self.description["fileName"]), "wb") as file:
            file.write(self.source)
        plan = Plan(self._compile, limits, kernel_limits, keep_head=True)
        header, _, err = self.cases.run(plan, b"")
        if header["ending"] != {"_tag": "Exited", "code": 0}:
            return header["ending"], err
        try:
            most = self.description.get("mostBytes", _EXECUTABLE_BYTES)
            self.executable = _read(os.path.join(self.work, _NAME), most)
        except OSError:
            return header["ending"], b"the compiler has made no program\n"
        if self.description.get("keeps", True):
            self.keep(self.executable)
        return None

    def keep(self, executable):
        """Stores a compiled program where no case can change it."""
        file = self.file
        if isinstance(file, str):
            file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o700)
        rest = memoryview(executable)
        while rest:
            rest = rest[os.write(file, rest):]
        if isinstance(self.file, str):
            os.close(file)
        else:
            import fcntl
            fcntl.fcntl(file, _SEAL, _SEALED)

    def place(self):
        pass

    def begin(self):
        """In the child; it does not return."""
        execute(self.file, [_NAME], self.environment)

    def _compile(self):
        command = self.description["compile"]
        execute(command[0], command, dict(self.environment, LC_ALL="C"))


def open_store(work):
    """A place for one executable: to be opened before the filter, which refuses files in memory."""
    if not hasattr(os, "memfd_create"):
        return os.path.join(os.path.dirname(work), _NAME)
    flags = os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING
    try:
        return os.memfd_create(_NAME, flags | 0x10)
    except OSError:
        # Kernels before 6.3 do not know that a file has to be asked to be executable.
        return os.memfd_create(_NAME, flags)


def execute(file, arguments, environment):
    """Turns this process into that program, or ends it."""
    try:
        for number in (_signal.SIGINT, _signal.SIGPIPE, _signal.SIGXFSZ):
            _signal.signal(number, _signal.SIG_DFL)
        os.execve(file, arguments, environment)
    except OSError as error:
        os.write(2, ("cannot execute: %s\n" % error).encode())
    finally:
        os._exit(126)


def _read(path, most):
    file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode) or found.st_size > most:
            raise OSError("not a program")
        return _whole(file)
    finally:
        os.close(file)


def _whole(file):
    parts = []
    while True:
        part = os.read(file, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)
