# TimeLimit
def add(a, b):
    while True:
        try: raise KeyboardInterrupt
        except BaseException: pass
