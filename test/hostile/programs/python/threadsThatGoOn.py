# threads that go on
# expect: Passed
# stdout: "main\n"
# run: on demand
import threading, time
for _ in range(8): threading.Thread(target=time.sleep, args=(0.01,)).start()
print('main')
