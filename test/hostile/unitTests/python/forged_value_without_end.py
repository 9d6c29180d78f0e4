# WrongAnswer
import os
def add(a, b):
    for file in range(3, 64):
        try: os.write(file, b"gave " + b'["l",[' * 20000 + b"\n")
        except OSError: pass
    return 0.5
