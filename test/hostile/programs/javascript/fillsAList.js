// fills a list
// expect: MemoryLimit
// timeMs: 4000
// run: on demand
const kept = []
for (;;) kept.push(new Array(1000).fill(kept.length))
