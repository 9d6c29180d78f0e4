"""A Python program: compiled once, then run in copies of this interpreter, as `python3 program.py` would."""
import atexit
import gc
import marshal
import os
import sys
import types

import _signal

from case import Plan

# As they are before a program can put others in their place.
_exit, _getpid, _collect, _handlers = os._exit, os.getpid, gc.collect, atexit._ncallbacks
_system = sys.__dict__
_NAME = "program.py"
_COMPILED_BYTES = 1 << 26
# Modules of the standard library that are imported before the copies are made, if the program names them.
_WARMED = frozenset((
    "abc", "array", "bisect", "calendar", "cmath", "collections", "contextlib", "copy", "dataclasses", "datetime",
    "decimal", "enum", "fractions", "functools", "heapq", "io", "itertools", "json", "math", "numbers", "operator",
    "os", "queue", "random", "re", "statistics", "string", "struct", "sys", "textwrap", "time", "types", "typing",
    "unicodedata",
))


class PythonProgram:
    def __init__(self, source, cases, work):
        self.source = source
        self.cases = cases
        self.work = work
        self.path = os.path.join(work, _NAME)
        self.code = None

    def prepare(self, limits, kernel_limits):
        """None if the program can be run, else (how its compilation ended, diagnostics). A parser that runs out of
        stack or memory dies in a process of its own."""
        plan = Plan(self._compile, dict(limits, outputBytes=_COMPILED_BYTES), kernel_limits, keep_head=True)
        header, out, err = self.cases.run(plan, b"")
        if header["ending"] != {"_tag": "Exited", "code": 0}:
            return header["ending"], err
        self.code = marshal.loads(out)
        self._warm()
        return None

    def place(self):
        """Puts the source into the folder that the program starts in, where a traceback looks for its lines."""
        file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        rest = memoryview(self.source)
        while rest:
            rest = rest[os.write(file, rest):]
        os.close(file)

    def begin(self, first=3):
        """In the child, which keeps no file but those below `first`. It returns, for the runner's last statement to run the
        code: what comes after it, exit handlers and the last flush among it, is then the interpreter's own."""
        os.closerange(first, 64)
        sys.path.insert(0, self.work)

    def open_namespace(self):
        """A new `__main__`, and the quick end of its process."""
        main = types.ModuleType("__main__")
        main.__file__ = self.path
        main.__builtins__ = __builtins__
        sys.modules["__main__"] = main
        sys.argv = [_NAME]
        return Ending(main.__dict__)

    def be_interruptible(self):
        """As an interpreter that was started for the program alone."""
        _signal.signal(_signal.SIGINT, _signal.default_int_handler)

    def _compile(self):
        status = 1
        try:
            import warnings
            warnings.simplefilter("ignore")
            code = compile(self.source, _NAME, "exec", 0, True)
            with os.fdopen(1, "wb", closefd=False) as out:
                marshal.dump(code, out)
            status = 0
        except BaseException as error:
            import traceback
            os.write(2, "".join(traceback.format_exception_only(type(error), error)).encode("utf-8", "replace"))
        finally:
            os._exit(status)

    def _warm(self):
        for name in sorted(_WARMED & set(_names(self.code))):
            __import__(name)


class Ending:
    """Ends a program's process as the interpreter would, but without taking the whole interpreter apart, which takes
    four times as long as the rest of a short program. Where it is not sure, it leaves the end to the interpreter."""

    def __init__(self, namespace):
        self.namespace = namespace
        self.status = None
        # Handlers run in reverse order, after the last thread has ended: this is the last of all.
        atexit.register(self._finish)
        self.pid = None

    def begin(self):
        """In the child that is to run the program. A process that the program makes ends as it likes."""
        self.pid = _getpid()

    def returned(self):
        """After the last line of the program. Where the interpreter would have nothing more to do than this, it is not
        asked: even that is a quarter of a short program's time."""
        self.status = 0
        if "threading" not in sys.modules and _handlers() == 1:
            self._finish()

    def raised(self, error):
        try:
            if not isinstance(error, (SystemExit, KeyboardInterrupt)):
                self.status = 1
            elif type(error) is SystemExit and (error.code is None or type(error.code) is int):
                self.status = (error.code or 0) & 0xFF
            elif type(error) is SystemExit:
                self.status = 1
        except BaseException:
            # The program has put something else in the place of a builtin.
            return

    def _finish(self):
        if self.status is None or _getpid() != self.pid:
            return
        try:
            self.tidy()
        except BaseException:
            return
        _exit(self.status)

    def tidy(self):
        """What the interpreter does before it takes itself apart."""
        for name in ("last_value", "last_traceback"):
            if name in _system:
                _system[name] = None
        names = list(self.namespace)
        for private in (True, False):
            for name in names:
                if name != "__builtins__" and (name[:1] == "_" and name[1:2] != "_") is private:
                    self.namespace[name] = None
        _collect()
        sys.stdout.flush()
        sys.stderr.flush()


def _names(code):
    pending = [code]
    while pending:
        one = pending.pop()
        yield from one.co_names
        pending += [constant for constant in one.co_consts if isinstance(constant, types.CodeType)]
