// Everything that must hold of the source: format, lint, types, Effect diagnostics, arrows, cycles, dead exports.
// Each step runs even when an earlier one failed, so that one run shows all there is to mend.
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"

const bin = (name) => `node_modules/.bin/${name}`
const roots = ["src", "migrations", "test", "bench"].filter((path) => existsSync(path))
const steps = [
  ["format and lint", bin("biome"), ["check", "--error-on-warnings", "."]],
  ["types", bin("tsc"), ["-p", "tsconfig.json"]],
  [
    "Effect diagnostics",
    bin("effect-language-service"),
    [
      "diagnostics",
      "--project",
      "tsconfig.json",
      "--format",
      "text",
      "--strict",
      "--severity",
      "error,warning"
    ]
  ],
  ["arrows and cycles", bin("depcruise"), ["--config", ".dependency-cruiser.cjs", ...roots]],
  ["dead exports", bin("knip"), ["--no-progress"]]
]
let failed = 0
for (const [name, command, args] of steps) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28 })
  console.log(`${status === 0 ? "ok  " : "FAIL"} ${name}`)
  if (status !== 0) {
    failed += 1
    process.stdout.write(`${stdout}${stderr}`)
  }
}
console.log(failed === 0 ? "check: everything holds" : `check: ${failed} of ${steps.length} failed`)
process.exitCode = failed === 0 ? 0 : 1
