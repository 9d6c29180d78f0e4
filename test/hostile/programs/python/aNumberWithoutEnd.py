# a number without end
# expect: TimeLimit
# run: on demand
print(9**9**9)
