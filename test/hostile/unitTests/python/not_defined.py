# RuntimeError
def sum_of(a, b):
    return a + b
