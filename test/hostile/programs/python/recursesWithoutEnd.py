# recurses without end
# expect: RuntimeError 1
# output: RecursionError
def f(): f()
f()
