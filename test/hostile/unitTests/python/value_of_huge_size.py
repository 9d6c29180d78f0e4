# OutputLimit
def add(a, b):
    return "x" * 10 ** 7
