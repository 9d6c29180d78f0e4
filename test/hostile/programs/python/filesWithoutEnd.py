# files without end
# expect: TimeLimit
# expect on container: RuntimeError SIGXFSZ
# not on: unconfined
# run: on demand
i = 0
while True:
    i += 1
    try: open(str(i), 'w').close()
    except OSError: pass
