# turns a pair of sockets to a socket of the host
# expect: RuntimeError 1
# not on: unconfined
import socket
one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
one.connect("@SOCKET@")
