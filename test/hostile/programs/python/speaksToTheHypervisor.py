# speaks to the hypervisor
# expect: RuntimeError 1
import socket; socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)
