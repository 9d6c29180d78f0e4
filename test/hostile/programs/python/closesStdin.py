# closes stdin
# expect: Passed
# stdout: "ok\n"
# input: a megabyte
sys.stdin.close(); import os; os.close(0); print('ok')
