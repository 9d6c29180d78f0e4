# writes much to stderr
# expect: Passed
# output: ^x{65533}end$
sys.stderr.write('x' * 10**7 + 'end')
