# makes namespaces, mounts, traces
# expect: Passed
# stdout: "refused\n"
# run: everywhere
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long
attempts = [libc.unshare(0x10000000), libc.mount(b"x", b"/", b"tmpfs", 0, None), libc.ptrace(0, 0, 0, 0),
            libc.shmget(0, 4096, 0o1777), libc.setns(0, 0), libc.chroot(b"/"), libc.syscall(425, 8, 0),
            libc.syscall(435, 0, 0), libc.memfd_create(b"x", 0)]
print("refused" if all(x == -1 for x in attempts) else attempts)
