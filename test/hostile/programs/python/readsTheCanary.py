# reads a file of the host
# expect: RuntimeError 1
# output: FileNotFoundError|PermissionError
# not on: unconfined
# run: everywhere
print(open("@FILE@").read())
