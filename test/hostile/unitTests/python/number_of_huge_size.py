# WrongAnswer
def add(a, b):
    return 1 << 10 ** 7
