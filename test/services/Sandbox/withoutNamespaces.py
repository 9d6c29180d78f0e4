"""Executes its arguments where no namespace can be made: in one whose users are those of the host, and whose limit is 0."""
import ctypes
import os
import sys

reading, writing = os.pipe()
helper = os.fork()
if helper == 0:
    os.close(writing)
    if os.read(reading, 1):
        for name in ("uid_map", "gid_map"):
            with open("/proc/%d/%s" % (os.getppid(), name), "w") as file:
                file.write("0 0 65536")
    os._exit(0)
os.close(reading)
if ctypes.CDLL(None, use_errno=True).unshare(0x10000000) != 0:
    raise OSError(ctypes.get_errno(), "unshare")
os.write(writing, b"!")
os.close(writing)
os.waitpid(helper, 0)
with open("/proc/sys/user/max_user_namespaces", "w") as file:
    file.write("0")
os.execvp(sys.argv[1], sys.argv[1:])
