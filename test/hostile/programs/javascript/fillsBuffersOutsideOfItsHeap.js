// fills buffers outside of its heap
// expect: MemoryLimit
// timeMs: 4000
// run: on demand
const kept = []
for (;;) kept.push(Buffer.alloc(1 << 22, 1))
