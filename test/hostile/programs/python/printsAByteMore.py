# prints a byte more
# expect: OutputLimit
# run: everywhere
sys.stdout.write('x' * 65537)
