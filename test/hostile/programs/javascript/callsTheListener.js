// connects to a listener of the host
// expect: RuntimeError 1
// timeMs: 4000
// not on: unconfined
// run: on demand
require("net").connect(@PORT@, "127.0.0.1")
