// connects to a socket in the file system of the host
// expect: RuntimeError 1
// timeMs: 4000
// not on: unconfined
// run: on demand
require("net").connect("@SOCKET@")
