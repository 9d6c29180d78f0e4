# keeps data in key rings
# expect: Passed
# stdout: "refused\n"
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
tried = [libc.syscall(248, b"user", b"name", b"data", 4, -3), libc.syscall(249, b"user", b"name", None, -3),
         libc.syscall(250, 0, -3, 1)]
print("refused" if set(tried) == {-1} else tried)
