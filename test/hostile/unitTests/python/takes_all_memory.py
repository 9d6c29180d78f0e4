# MemoryLimit
def add(a, b):
    return bytearray(2 ** 31)
