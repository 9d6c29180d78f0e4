// prints without end
// expect: OutputLimit
// timeMs: 4000
// run: on demand
const fs = require("fs")
for (;;) fs.writeSync(1, "and on\n".repeat(1000))
