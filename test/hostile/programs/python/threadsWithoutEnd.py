# threads without end
# expect: TimeLimit
# run: on demand
import threading, time
while True:
    try: threading.Thread(target=time.sleep, args=(99,)).start()
    except RuntimeError: pass
