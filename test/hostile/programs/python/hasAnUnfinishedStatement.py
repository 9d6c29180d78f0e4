# has an unfinished statement
# expect: CompileError
# run: everywhere
if x
  y
