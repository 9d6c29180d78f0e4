# signals the process that drives the sandboxes
# expect: Passed
# stdout: "refused\n"
# not on: unconfined
# run: everywhere
import os
for attempt in (lambda: os.kill(@PID@, 19), lambda: os.kill(@PID@, 9), lambda: os.killpg(@PID@, 9)):
    try: attempt()
    except OSError: continue
    raise SystemExit("reached")
print("refused")
