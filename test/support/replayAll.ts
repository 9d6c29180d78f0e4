import { existsSync } from "node:fs"
import { expect } from "@effect/vitest"
import { Effect } from "effect"
import { layerLogReader } from "../../src/programs/layers.ts"
import { replay } from "../../src/programs/replay/replay.ts"
import { RunCatalogue } from "../../src/services/RunCatalogue.ts"

/** Replays every run of a log, however far it has come: each has to be identical. Gives how many there are. */
export const replayAll = (database: string): Promise<number> => {
  if (!existsSync(database)) return Promise.resolve(0)
  const all = Effect.gen(function* () {
    const runs = yield* (yield* RunCatalogue).list
    for (const { runId } of runs) {
      const { divergence } = yield* replay(runId)
      expect(divergence, `run ${runId} of ${database}`).toBeUndefined()
    }
    return runs.length
  })
  return Effect.runPromise(Effect.provide(all, layerLogReader({ database })))
}
