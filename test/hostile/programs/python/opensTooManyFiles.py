# opens too many files
# expect: RuntimeError 1
x = [open('/dev/null') for _ in range(10**5)]
