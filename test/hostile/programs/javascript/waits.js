// waits for what never comes
// expect: TimeLimit
// timeMs: 500
// run: on demand
setInterval(() => {}, 1000)
