# WrongAnswer
def check(candidate):
    return True
candidate = lambda *_: True
def add(a, b):
    return 0.5
