# loops
# expect: TimeLimit
# run: everywhere
while True: pass
