"""The process of the program under test. It learns what it is called with, never what is expected."""
import random
import types

_NAME = "program.py"
# The text that was compiled, for the lines of a traceback.
_shown = []


def _serve():
    line = Line()
    job = json.loads(line.receive())
    text, code = _compiled(job)
    if code is None:
        line.send("uncompiled", text)
        os._exit(0)
    line.send("compiled")
    _shown.append(text)
    module = types.ModuleType("program")
    sys.modules["program"] = module
    sys.argv = [_NAME]
    random.seed(0)
    names = module.__dict__
    try:
        exec(compile(job["prelude"], "prelude.py", "exec", 0, True), names)
        exec(code, names)
        if not callable(names.get(job["entryPoint"])):
            raise NameError("name %r is not defined" % job["entryPoint"])
        called = names[job["entryPoint"]]
    except Exception as error:
        line.send("raised", _told(error, names))
        os._exit(0)
    line.send("ready")
    # A program may change every module: what is needed from here on is at hand.
    send, receive, unpack, pack, told, exit = line.send, line.receive, unpacked, packed, _told, os._exit
    while True:
        arguments, named = unpack(receive().partition(" ")[2])
        try:
            word, answer = "gave", called(*arguments, **named)
            try:
                answer = pack(answer)
            except Strange as strange:
                word, answer = "strange", str(strange)
            except Exception:
                word, answer = "strange", "a value that is not what it seems to be"
        except Exception as error:
            word, answer = "raised", told(error, names)
        send(word, answer)


def _compiled(job):
    """The program as it stands, or as the rest of what its prompt begins; (diagnostics, None) if it is neither."""
    source, prompt = job["program"], job["prompt"]
    indented = "".join("    " + one for one in source.splitlines(True))
    complaint = None
    import warnings
    warnings.simplefilter("ignore")
    for text in (source, prompt + source, prompt + "    " + source, prompt + indented):
        try:
            return text, compile(text, _NAME, "exec", 0, True)
        except Exception as error:
            complaint = complaint or _summary(error)
    return complaint, None


def _told(error, names):
    """An exception as the tests see it: its name, the nearest built-in one, its message; and how it came about."""
    try:
        kind = type(error)
        base = next(one.__name__ for one in kind.__mro__ if one.__module__ == "builtins")
        plain = len(error.args) == 1 and isinstance(error.args[0], str)
        message = str(error.args[0] if plain else error)
        return {"type": str(kind.__name__), "base": base, "message": message, "trace": _trace(error, names)}
    except Exception:
        return {"type": "Exception", "base": "Exception", "message": "", "trace": "an exception that cannot be shown"}


def _trace(error, names):
    import linecache
    import traceback
    text = _shown[0]
    linecache.cache[_NAME] = (len(text), None, text.splitlines(True), _NAME)
    place = error.__traceback__
    while place is not None and place.tb_frame.f_globals is not names:
        place = place.tb_next
    lines = traceback.format_exception(type(error), error, place, limit=-5) if place else [_summary(error)]
    return "".join(lines)[-4000:]


def _summary(error):
    import traceback
    return "".join(traceback.format_exception_only(type(error), error))


_serve()
