# RuntimeError
def add(a, b):
    exit(0)
