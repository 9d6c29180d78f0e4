# reads past the end
# expect: RuntimeError 1
# output: \bEOFError
input()
