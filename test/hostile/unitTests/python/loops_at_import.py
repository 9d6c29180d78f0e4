# TimeLimit
while True: pass
