# fills a list
# expect: MemoryLimit
# timeMs: 4000
x = []
while True: x.append(' ' * 10**6)
