// The log's figures: appends, the whole loop, replay, resume, forks, sizes, and a checkpointer of agents beside it.
// All in one process. Wants a build; for the last row, `npm install --prefix bench/langgraph`.
//
//   node bench/timeTravel.mjs [--only appends,loop,replay,resume,fork,langgraph] [--folder FOLDER] [--rounds 3]
//     [--programs 1000,10000,100000] [--events 20000] [--lengths 20000,100000] [--long 1000000]
//
// Prints a table for each row, and writes bench/results/time-travel.json.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { availableParallelism, loadavg, tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { appends } from "./time-travel/appends.mjs"
import { forks } from "./time-travel/fork.mjs"
import { besideLangGraph } from "./time-travel/langgraph.mjs"
import { loop } from "./time-travel/loop.mjs"
import { fsyncsPerSecond, rounded } from "./time-travel/measure.mjs"
import { replays } from "./time-travel/replay.mjs"
import { resumes } from "./time-travel/resume.mjs"

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "appends,loop,replay,resume,fork,langgraph" },
    folder: { type: "string", default: tmpdir() },
    rounds: { type: "string", default: "3" },
    programs: { type: "string", default: "1000,10000,100000" },
    events: { type: "string", default: "20000" },
    lengths: { type: "string", default: "20000,100000" },
    long: { type: "string", default: "1000000" }
  }
})
const numbers = (text) => text.split(",").map(Number)
const rounds = Number(values.rounds)

const measurements = {
  appends: (folder) => appends({ folder, events: Number(values.events), rounds }),
  loop: (folder) => loop({ folder, programs: numbers(values.programs) }),
  replay: (folder) => replays({ folder, lengths: numbers(values.lengths), rounds }),
  resume: (folder) => resumes({ folder, events: Math.max(...numbers(values.lengths)), rounds }),
  fork: (folder) => forks({ folder, events: Number(values.long), rounds }),
  langgraph: (folder) => besideLangGraph({ folder, steps: 1_000, rounds })
}

const results = { node: process.version, cores: availableParallelism() }
for (const name of values.only.split(",")) {
  const folder = mkdtempSync(join(resolve(values.folder), "seidr-bench-"))
  try {
    const load = rounded(loadavg()[0], 1)
    const measured = await measurements[name](folder)
    results[name] = { load, "disk fsync/s": fsyncsPerSecond(folder), measured }
    const { rows = measured, ...others } = Array.isArray(measured) ? {} : measured
    console.log(`\n${name} (load ${load}, disk fsync/s ${results[name]["disk fsync/s"]})`)
    console.table(Array.isArray(measured) ? measured : rows)
    if (rows !== measured && Object.keys(others).length > 0) console.table(others)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
mkdirSync("bench/results", { recursive: true })
writeFileSync("bench/results/time-travel.json", `${JSON.stringify(results, null, 1)}\n`)
