# a sparse file
# expect: RuntimeError 1
# run: on demand
open('f', 'wb').truncate(2**40)
