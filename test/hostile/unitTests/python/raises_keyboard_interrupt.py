# RuntimeError
def add(a, b):
    raise KeyboardInterrupt
