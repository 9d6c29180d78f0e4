// Replays a run in a process that does nothing else, and says how much memory that took: `node --expose-gc replayAlone.mjs FILE RUN`.
import { Effect } from "effect"
import { replay } from "../../dist/src/programs/replay/replay.js"
import { layerLogAt } from "./world.mjs"

const [file, runId] = process.argv.slice(2)
globalThis.gc()
const before = process.memoryUsage().heapUsed
const { state } = await Effect.runPromise(Effect.provide(replay(runId), layerLogAt(file)))
globalThis.gc()
console.log(
  JSON.stringify({
    stateBytes: process.memoryUsage().heapUsed - before,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    phase: state._tag
  })
)
