# a full disk
# expect: RuntimeError 1
# expect on container: RuntimeError SIGXFSZ
# timeMs: 10000
# not on: unconfined
# run: on demand
for i in range(100): open(str(i), 'wb').write(b'x' * 10**7)
