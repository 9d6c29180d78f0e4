// reads /etc/shadow
// expect: RuntimeError 1
// not on: unconfined
// timeMs: 4000
// run: on demand
const fs = require("fs")
fs.readFileSync("/etc/shadow")
