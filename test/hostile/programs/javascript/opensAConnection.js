// opens a connection
// expect: RuntimeError 1
// timeMs: 4000
// run: on demand
require("net").connect(22, "127.0.0.1")
