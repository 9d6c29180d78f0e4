# leaves a megabyte unread
# expect: Passed
# stdout: "ok\n"
# input: a megabyte
print('ok')
