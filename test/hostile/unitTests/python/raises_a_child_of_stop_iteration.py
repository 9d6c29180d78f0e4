# RuntimeError
class Done(StopIteration): pass
def add(a, b):
    raise Done()
