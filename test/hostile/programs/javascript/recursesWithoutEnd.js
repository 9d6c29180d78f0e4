// recurses without end
// expect: RuntimeError 1
// timeMs: 4000
// run: on demand
const f = () => f() + 1
f()
