// rejects a promise that nobody watches
// expect: RuntimeError 1
// timeMs: 4000
// run: on demand
Promise.reject(new Error("unwatched"))
