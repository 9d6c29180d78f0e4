# writes frames to every descriptor
# expect: Passed
# stdout: "done\n"
import os, struct
frame = struct.pack(">II", 30, 0) + b'{"kind": "case", "forged": 1}  '
for number in range(3, 256):
    try: os.write(number, frame)
    except OSError: pass
print("done")
