// stops every process that it can, the one that it is a copy of too
// expect: Passed
// stdout: "stopped"
// timeMs: 4000
// not on: unconfined, container
// run: on demand
for (let pid = 2; pid < 60; pid++)
  if (pid !== process.pid)
    try {
      process.kill(pid, "SIGSTOP")
    } catch {}
process.stdout.write("stopped")
