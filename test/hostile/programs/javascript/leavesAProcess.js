// leaves a process
// expect: Passed
// timeMs: 4000
// run: on demand
require("child_process").spawn("sleep", ["60"], { detached: true, stdio: "inherit" }).unref()
