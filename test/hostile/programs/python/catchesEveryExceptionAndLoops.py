# catches every exception, and loops
# expect: TimeLimit
# run: on demand
while True:
    try: raise SystemExit
    except BaseException: pass
