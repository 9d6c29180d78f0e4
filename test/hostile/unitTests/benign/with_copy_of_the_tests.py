METADATA = {}
def check(candidate):
    assert candidate(1, 1) == 3
def candidate(a, b):
    return None
def add(a, b):
    print("adding", a, b)
    return a + b
