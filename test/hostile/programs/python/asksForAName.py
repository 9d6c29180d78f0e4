# asks for a name
# expect: RuntimeError 1
import socket; socket.getaddrinfo('example.com', 80)
