// signals the process that drives the sandboxes
// expect: Passed
// stdout: "refused"
// timeMs: 4000
// not on: unconfined
// run: on demand
try { process.kill(@PID@, 9) } catch { process.stdout.write("refused") }
