# reads address 0
# expect: RuntimeError SIGSEGV
import ctypes; ctypes.string_at(0)
