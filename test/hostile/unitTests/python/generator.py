# WrongAnswer
def add(a, b):
    yield a + b
