# connects to a listener of the host
# expect: RuntimeError 1
# not on: unconfined
# run: everywhere
import socket; socket.create_connection(("127.0.0.1", @PORT@), 1)
