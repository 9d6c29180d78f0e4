# writes a huge file
# expect: RuntimeError 1
# expect on container: RuntimeError SIGXFSZ
# timeMs: 4000
f = open('f', 'wb')
while True: f.write(b'x' * 10**6)
