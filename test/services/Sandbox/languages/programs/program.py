import sys

word = sys.stdin.readline().strip()
if word == "echo":
    sys.stdout.write(sys.stdin.read())
elif word == "add":
    print(sum(map(int, sys.stdin.read().split())))
elif word == "exit":
    sys.exit(3)
elif word == "fail":
    print([][1])
elif word == "loop":
    while True:
        pass
elif word == "fill":
    kept = []
    while True:
        kept.append(bytearray(1 << 20))
