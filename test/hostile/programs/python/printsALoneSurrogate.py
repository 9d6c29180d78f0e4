# prints a lone surrogate
# expect: RuntimeError 1
# output: UnicodeEncodeError
print('\udc80')
