# connects to a socket in the file system of the host
# expect: RuntimeError 1
# not on: unconfined
# run: everywhere
import socket; socket.socket(socket.AF_UNIX).connect("@SOCKET@")
