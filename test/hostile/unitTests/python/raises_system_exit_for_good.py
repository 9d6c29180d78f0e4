# RuntimeError
def add(a, b):
    raise SystemExit
