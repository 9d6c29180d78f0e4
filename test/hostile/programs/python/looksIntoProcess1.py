# looks into process 1
# expect: Passed
# stdout: "nothing\n"
# not on: unconfined
# run: everywhere
found = []
for name in ("mem", "environ", "maps", "fd/0", "fd/3", "root/etc/passwd", "cwd/program.py"):
    try:
        open("/proc/1/" + name, "rb").read(1)
        found.append(name)
    except OSError: pass
print(" ".join(found) or "nothing")
