// takes buffers outside of its heap for less time than it takes to look
// expect: MemoryLimit
// memoryMB: 16
// run: once
Buffer.alloc(110 * 2 ** 20, 1)
process.exit(0)
