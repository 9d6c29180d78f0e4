"""The process of the tests. The program that they test is at the other end of a line, and only plain values come
from there."""
import builtins
import random

_LONGEST = 300
_CALLS = 2
# An exception of the program must not end an iteration of the tests as if it had come to its end.
_NOT_RAISED = ("StopIteration", "StopAsyncIteration")


class _Tested:
    """Stands for the function under test."""

    def __init__(self, line):
        self.line = line
        self.calls = []
        self.raised = None

    def __call__(self, *arguments, **named):
        shown = [_shown(one) for one in arguments] + ["%s=%s" % (key, _shown(one)) for key, one in named.items()]
        asked = "candidate(%s)" % _cut(", ".join(shown))
        self.line.send("call", packed((arguments, named)))
        word, _, answer = self.line.receive().partition(" ")
        if word == "raised":
            self.raised = _exception(json.loads(answer))
            self.calls.append("%s raised %s" % (asked, type(self.raised).__name__))
            raise self.raised
        if word == "gave":
            try:
                value = unpacked(answer)
            except Strange as strange:
                word, answer = "strange", json.dumps(str(strange))
        if word != "gave":
            self.calls.append("%s gave %s" % (asked, json.loads(answer)))
            raise TypeError("it gave %s, which no test can look at" % json.loads(answer))
        self.calls.append("%s gave %s" % (asked, _shown(value)))
        return value


def _exception(told):
    base = getattr(builtins, told["base"], Exception)
    if told["base"] in _NOT_RAISED or not (isinstance(base, type) and issubclass(base, Exception)):
        base = RuntimeError
    try:
        kind = base if base.__name__ == told["type"] else type(told["type"], (base,), {})
        return kind(told["message"])
    except Exception:
        # Some want more than a message.
        return Exception("%s: %s" % (told["type"], told["message"]))


def _run():
    line = Line()
    job = json.loads(line.receive())
    tested = _Tested(line)
    names = {"__name__": "tests", "__builtins__": builtins}
    bound = {"candidate": tested, job["entryPoint"]: tested}
    random.seed(0)
    try:
        exec(compile(job["prelude"], "prelude.py", "exec", 0, True), names)
        names.update(bound)
        exec(compile(job["setup"], "setup.py", "exec", 0, True), names)
        names.update(bound)
        exec(compile(job["test"], "test.py", "exec", 0, True), names)
    except Exception as error:
        if error is tested.raised:
            line.send("raised")
        else:
            line.send("failed", "\n".join(_explained(error, job["test"]) + tested.calls[-_CALLS:]))
    else:
        line.send("passed")
    os._exit(0)


def _explained(error, test):
    """The assertion that failed, or the statement that another exception came from, and that exception."""
    import ast
    number, place = None, error.__traceback__
    while place is not None:
        if place.tb_frame.f_code.co_filename == "test.py":
            number = place.tb_lineno
        place = place.tb_next
    about = [] if isinstance(error, AssertionError) else [_cut("%s: %s" % (type(error).__name__, error))]
    if number is None:
        return about
    inside = [node for node in ast.walk(ast.parse(test))
              if isinstance(node, ast.stmt) and node.lineno <= number <= node.end_lineno]
    statement = max(inside, key=lambda node: node.lineno)
    if isinstance(statement, ast.Assert):
        statement = statement.test
        text = "assert " + (ast.get_source_segment(test, statement) or "")
    else:
        text = ast.get_source_segment(test, statement) or ""
    return [text[:1000]] + about


def _shown(value):
    try:
        return _cut(repr(value))
    except ValueError:
        return "a number of very many digits"


def _cut(text):
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


_run()
