// Replay of runs of growing length, with 50 cases per evaluation.
import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { replay } from "../../dist/src/programs/replay/replay.js"
import { repeated, rounded, sizeOf } from "./measure.mjs"
import { writeEvents } from "./synthetic.mjs"
import { layerLogAt } from "./world.mjs"

const runId = "01J00000000000000000000000"

const script = fileURLToPath(new URL("replayAlone.mjs", import.meta.url))

export const replays = async ({ folder, lengths, rounds }) => {
  const rows = []
  for (const events of lengths) {
    const file = join(folder, `replay-${events}.db`)
    await Effect.runPromise(Effect.provide(writeEvents(runId, events), layerLogAt(file)))
    const once = () => Effect.runPromise(Effect.provide(replay(runId), layerLogAt(file)))
    await once()
    const taken = await repeated(rounds, async () => {
      const { divergence } = await once()
      if (divergence !== undefined) throw new Error(`${divergence.pos}: ${divergence.reason}`)
    })
    const { eventBytes } = sizeOf(file)
    // This process has written the run too: what a replay takes is seen in one of its own.
    const alone = JSON.parse(
      execFileSync(process.execPath, ["--expose-gc", script, file, runId], { encoding: "utf8" })
    )
    rows.push({
      events,
      "events/s": rounded(events / taken),
      "µs per event": rounded((taken / events) * 1e6, 1),
      "KB per event": rounded(eventBytes / events / 1024, 2),
      "MB of state": rounded(alone.stateBytes / 2 ** 20),
      "MB at most": rounded(alone.peakBytes / 2 ** 20)
    })
  }
  return rows
}
