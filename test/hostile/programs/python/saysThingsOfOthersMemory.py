# says of others' memory that it is not needed
# expect: Passed
# stdout: "refused refused"
# run: everywhere
# not on: unconfined, sandbox-exec
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
place = ctypes.create_string_buffer(8192)
described = (ctypes.c_ulong * 2)(ctypes.addressof(place) & ~4095, 4096)
def tried(pid):
    file = os.pidfd_open(pid)
    words = map(ctypes.c_long, (440, file))
    given = libc.syscall(*words, described, ctypes.c_ulong(1), ctypes.c_long(20), ctypes.c_long(0))
    return "refused" if given == -1 and ctypes.get_errno() == 1 else given
print(tried(os.getppid() or 1), tried(os.getpid()), end="")
