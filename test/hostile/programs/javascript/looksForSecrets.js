// looks for secrets in every environment
// expect: Passed
// stdout: "nothing"
// timeMs: 4000
// not on: unconfined
// run: on demand
const found = Object.keys(process.env).filter((name) => name.includes("SECRET"))
for (const pid of ["@PID@", "1", process.ppid]) {
  try {
    if (require("fs").readFileSync(`/proc/${pid}/environ`).includes("SECRET")) found.push(pid)
  } catch {}
}
process.stdout.write(found.join() || "nothing")
