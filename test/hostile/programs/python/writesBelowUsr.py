# writes below /usr
# expect: RuntimeError 1
# not on: unconfined
# run: everywhere
open('/usr/lib/x', 'w')
