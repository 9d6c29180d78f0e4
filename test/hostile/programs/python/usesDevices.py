# reads and writes the devices that there are
# expect: Passed
# stdout: "0 32\n"
# run: everywhere
with open('/dev/null', 'r+b', buffering=0) as null: null.write(b'x'); empty = len(null.read(9))
with open('/dev/urandom', 'rb') as chance: print(empty, len(chance.read(32)))
