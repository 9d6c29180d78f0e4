# stderr without end
# expect: TimeLimit
# run: on demand
while True: sys.stderr.write('x' * 65536)
