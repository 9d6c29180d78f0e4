# keeps bytes as they are
# expect: Passed
# stdout: "\u0000\r\n\u001b[1m\u0004\udcff"
# run: everywhere
sys.stdout.buffer.write(b'\0\r\n\x1b[1m\x04\xff')
