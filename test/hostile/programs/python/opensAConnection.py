# opens a connection
# expect: RuntimeError 1
# run: everywhere
import socket; socket.create_connection(('127.0.0.1', 22), 1)
