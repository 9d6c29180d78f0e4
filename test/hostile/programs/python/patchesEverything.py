# patches everything
# expect: Passed
# stdout: "ok"
import builtins, os, io
builtins.print = os._exit = sys.exit = io.open = None
os.write(1, b'ok')
