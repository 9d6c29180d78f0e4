# writes into the home of the user
# expect: RuntimeError 1
# not on: unconfined
open("@HOME@/seidr-was-here", "w")
