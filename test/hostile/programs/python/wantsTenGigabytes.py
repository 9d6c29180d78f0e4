# wants ten gigabytes
# expect: MemoryLimit
# run: everywhere
bytearray(10**10)
