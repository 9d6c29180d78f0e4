// From the call of `resume` to the first request that is new.
import { join } from "node:path"
import { Duration, Effect, Fiber } from "effect"
import { foldRun, resume } from "../../dist/src/programs/resume.js"
import { median, now, rounded, seconds } from "./measure.mjs"
import { writeEvents } from "./synthetic.mjs"
import { layerLogAt, layerSearching } from "./world.mjs"

const runId = "01J00000000000000000000000"

export const resumes = async ({ folder, events, rounds }) => {
  const file = join(folder, "resume.db")
  await Effect.runPromise(Effect.provide(writeEvents(runId, events), layerLogAt(file)))
  const taken = []
  const folds = []
  for (let round = 0; round <= rounds; round++) {
    const foldStarted = now()
    await Effect.runPromise(Effect.provide(foldRun(runId), layerLogAt(file)))
    folds.push(seconds(foldStarted))
    let told = () => {}
    const asked = new Promise((resolve) => {
      told = resolve
    })
    const started = now()
    const fiber = Effect.runFork(
      Effect.provide(
        resume(runId, Duration.seconds(1), () => Effect.void),
        layerSearching(file, { asked: told })
      )
    )
    await asked
    taken.push(seconds(started))
    await Effect.runPromise(Fiber.interrupt(fiber))
  }
  // The first round has warmed the process up.
  return {
    events,
    "s to the first new request": rounded(median(taken.slice(1)), 2),
    "s of it for folding": rounded(median(folds.slice(1)), 2),
    "events folded/s": rounded(events / median(folds.slice(1)))
  }
}
