# RuntimeError
def add(a, b):
    raise AssertionError("passed")
