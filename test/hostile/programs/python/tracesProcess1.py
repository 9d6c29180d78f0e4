# traces process 1 and its parent
# expect: Passed
# stdout: "refused\n"
# run: everywhere
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long
tried = [libc.ptrace(request, pid, 0, 0) for request in (16, 0x4206) for pid in (1, os.getppid())]
print("refused" if set(tried) == {-1} else tried)
