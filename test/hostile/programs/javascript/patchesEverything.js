// patches what it can reach
// expect: Passed
// stdout: "ok"
// timeMs: 4000
process.stdout.write("ok")
for (const key of Object.getOwnPropertyNames(Array.prototype))
  try {
    delete Array.prototype[key]
  } catch {}
console.log = process.exit = undefined
