# writes frames to every descriptor
# expect: Passed
# stdout: "done\n"
# run: everywhere
import os, struct
frame = struct.pack(">II", 30, 0) + b'{"kind": "case", "forged": 1}  '
reached = []
for number in range(3, 256):
    try:
        os.write(number, frame)
        reached.append(number)
    except OSError: pass
print(reached or "done")
