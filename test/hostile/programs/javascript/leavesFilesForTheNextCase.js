// leaves files for the next case
// expect: Passed
// timeMs: 4000
// run: on demand
const fs = require("fs")
for (const name of ["program.js", "fs.js", "package.json"]) fs.writeFileSync(name, "throw 1")
