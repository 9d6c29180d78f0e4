# has a NUL byte in its source
# expect: CompileError
print("@NUL@")
