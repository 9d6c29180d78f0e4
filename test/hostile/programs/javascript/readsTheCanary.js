// reads a file of the host
// expect: RuntimeError 1
// timeMs: 4000
// not on: unconfined
// run: on demand
process.stdout.write(require("fs").readFileSync("@FILE@"))
