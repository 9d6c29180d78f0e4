// kills process 1 and itself
// expect: RuntimeError SIGKILL
// timeMs: 4000
// run: on demand
try {
  process.kill(1, 9)
} catch {}
process.kill(process.pid, 9)
