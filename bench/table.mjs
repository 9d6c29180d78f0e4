// How long a whole table takes, and whether it comes through being killed: PSB2's 25 problems × 2 languages × 2 settings
// with the embedded model, run once undisturbed and once killed (SIGKILL) three times at moments drawn from a seed, each
// round by the command that a user types, with a log and caches of its own. Wants a build, python3 and g++.
//
//   node bench/table.mjs [--problems psb2] [--languages python,cpp] [--arities 2,4] [--max-programs 100]
//     [--model simulated] [--kills 3] [--seed 42] [--concurrency 8] [--keep FOLDER]
//
// Prints a table, and writes bench/results/table.json. The exit status is 1 when a row failed, is there twice, or has
// another digest in the second round.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { account, command, drawn, labelsIn } from "./table/command.mjs"

const { values } = parseArgs({
  options: {
    problems: { type: "string", default: "psb2" },
    languages: { type: "string", default: "python,cpp" },
    arities: { type: "string", default: "2,4" },
    "max-programs": { type: "string", default: "100" },
    model: { type: "string", default: "simulated" },
    kills: { type: "string", default: "3" },
    seed: { type: "string", default: "42" },
    concurrency: { type: "string", default: "8" },
    keep: { type: "string" }
  }
})
const folder = values.keep ?? mkdtempSync(join(tmpdir(), "seidr-bench-"))
mkdirSync(folder, { recursive: true })
const table = join(folder, "table.csv")

await command([
  "experiment",
  "make",
  ...["--problems", values.problems, "--languages", values.languages, "--arities", values.arities],
  ...["--models", values.model, "--max-programs", values["max-programs"]],
  ...["--valid-examples", "50", "--test-examples", "200", "--out", table]
]).ended

/** Starts the table in the log of a round. */
const start = (round) =>
  command(
    ["experiment", table, "--db", join(folder, `${round}.db`), "--concurrency", values.concurrency, "--json"],
    { SEIDR_CACHE: join(folder, round, "evaluations.db") }
  )

const report = ({ document, seconds }) => ({
  seconds,
  rows: document.rows.length,
  solved: document.solved,
  failed: document.failed,
  programs: document.rows.reduce((sum, { programs }) => sum + (programs ?? 0), 0)
})

const began = performance.now()
const running = start("undisturbed")
const used = account(running.child.pid)
const undisturbed = await running.ended
const first = {
  ...report({ document: undisturbed.document, seconds: (performance.now() - began) / 1000 }),
  processorSeconds: used.seconds()
}
used.close()
console.log(`undisturbed: ${JSON.stringify(first)}, load ${loadavg()[0].toFixed(1)}`)

// Each life is shorter than a quarter of the undisturbed round, so that all of them end in the midst of the work.
const kills = []
const again = performance.now()
for (let kill = 0; kill < Number(values.kills); kill++) {
  const after = (0.05 + 0.2 * drawn(Number(values.seed), kill)) * first.seconds
  const life = start("killed")
  const timer = setTimeout(() => life.child.kill("SIGKILL"), after * 1000)
  const { signal } = await life.ended
  clearTimeout(timer)
  const labels = await labelsIn(join(folder, "killed.db"))
  kills.push({ after, killed: signal === "SIGKILL", runs: labels.length })
  console.log(`killed after ${after.toFixed(1)} s: ${labels.length} runs begun`)
}
const last = await start("killed").ended
const second = report({ document: last.document, seconds: (performance.now() - again) / 1000 })
console.log(`killed ${kills.filter(({ killed }) => killed).length} times: ${JSON.stringify(second)}`)

const digests = new Map(undisturbed.document.rows.map(({ digest, taskId }) => [taskId, digest]))
const others = last.document.rows.filter(
  ({ digest, taskId }) => digest === undefined || digest !== digests.get(taskId)
)
const labels = await labelsIn(join(folder, "killed.db"))
const twice = labels.filter((label, place) => labels.indexOf(label) < place)
const hows = new Map()
for (const { how = "failed" } of last.document.rows) hows.set(how, (hows.get(how) ?? 0) + 1)
const verified = await command(["verify", "--db", join(folder, "killed.db"), "--json"]).ended

const rows = undisturbed.document.rows.map(({ taskId, status, programs, digest, hidden }) => ({
  taskId,
  status,
  programs,
  hidden,
  digest
}))
const isRight =
  first.failed + second.failed + others.length + twice.length === 0 &&
  labels.length === digests.size &&
  kills.every(({ killed }) => killed) &&
  verified.document.intact
mkdirSync("bench/results", { recursive: true })
writeFileSync(
  "bench/results/table.json",
  `${JSON.stringify({ node: process.version, settings: values, first, second, kills, rows }, null, 1)}\n`
)
if (values.keep === undefined) rmSync(folder, { recursive: true })

console.log(`
| round | rows | solved | failing | programs | minutes |
| --- | --- | --- | --- | --- | --- |
| undisturbed | ${first.rows} | ${first.solved} | ${first.failed} | ${first.programs} | ${minutes(first.seconds)} (${minutes(first.processorSeconds)} of processor time) |
| killed ${kills.length} times | ${second.rows} | ${second.solved} | ${second.failed} | ${second.programs} | ${minutes(second.seconds)} |

In the last life ${[...hows].map(([how, some]) => `${some} rows were ${how}`).join(", ")}. Other digests: ${others.length}; rows that are there twice: ${twice.length}; log intact: ${verified.document.intact}.`)
process.exitCode = isRight ? 0 : 1

function minutes(seconds) {
  return (seconds / 60).toFixed(1)
}
