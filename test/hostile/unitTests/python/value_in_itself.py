# WrongAnswer
def add(a, b):
    value = []
    value.append(value)
    return value
