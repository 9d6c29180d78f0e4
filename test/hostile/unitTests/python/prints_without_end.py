# TimeLimit
def add(a, b):
    while True: print("passed null" * 1000, flush=True)
