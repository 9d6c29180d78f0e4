# sends datagrams to the host
# expect: RuntimeError 1
# run: everywhere
import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", @PORT@))
