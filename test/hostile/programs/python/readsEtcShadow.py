# reads /etc/shadow
# expect: RuntimeError 1
# not on: unconfined
# run: everywhere
open('/etc/shadow').read()
