// catches everything that is thrown, and loops
// expect: TimeLimit
// timeMs: 1000
// run: on demand
for (;;)
  try {
    throw 1
  } catch {}
