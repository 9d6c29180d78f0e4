# leaves its output in a socket that holds itself
# expect: Passed
# stdout: "left\n"
# timeMs: 2000
import os, socket
try:
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    for end in (one, other):
        socket.send_fds(end, [b"x"], [1, 2, one.fileno(), other.fileno()])
except OSError: pass
os.write(1, b"left\n")
os._exit(0)
