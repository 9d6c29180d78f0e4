# leaves files, links and a trap for the next case
# expect: Passed
# stdout: "left\n"
# run: everywhere
import builtins, os
os.symlink("/etc", "link")
os.mkdir("locked"); open("locked/x", "w").close()
try: os.chmod("locked", 0)
except PermissionError: pass
for name in ("sys.py", "program.py", "sitecustomize.py"): open(name, "w").write("raise SystemExit(9)")
builtins.print = print
print("left")
