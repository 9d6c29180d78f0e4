# has exit handlers, threads and finalizers
# expect: Passed
# stdout: "main\nthread\nhandler\nfinalizer\n"
import atexit, threading, time
class F:
    def __del__(self): print("finalizer")
f = F()
atexit.register(print, "handler")
go = threading.Event()
threading.Thread(target=lambda: (go.wait(), print("thread"))).start()
print("main")
go.set()
