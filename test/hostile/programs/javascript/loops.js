// loops
// expect: TimeLimit
// timeMs: 1000
// run: on demand
for (;;) {}
