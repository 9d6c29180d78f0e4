import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { Ring } from "../../src/services/Ring.ts"
import { manyPrograms } from "../support/manyPrograms.ts"
import { eventsOf, oracleModel, preparedIn, searching, solveAndReplay } from "../support/searching.ts"
import { published } from "../support/settings.ts"
import { only } from "../support/stepsLeft.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

describe("the ring", () => {
  it.scopedLive.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "brings 200 programs through inboxes of %i without a standstill",
    (capacity) => manyPrograms(200, capacity)
  )

  it.scopedLive("serves several runs at once, and is quiet when they are done", () =>
    Effect.gen(function* () {
      const oracle = { seed: 9, cases: 3, skill: 0.2, silence: 0.1 }
      const settings = { ...published, maxPrograms: 40 }
      const solveWith = (seed: number) =>
        solveAndReplay(preparedIn({ settings: { ...settings, seed }, oracle }))
      const together = yield* Effect.provide(
        Effect.gen(function* () {
          const runs = yield* Effect.all([solveWith(1), solveWith(2), solveWith(3)], {
            concurrency: "unbounded"
          })
          yield* (yield* Ring).drain
          for (const { result } of runs) {
            const stored = yield* eventsOf(result.runId)
            for (const { runId } of stored) expect(runId).toBe(result.runId)
          }
          return runs
        }),
        searching({ database: yield* temporaryLog, model: oracleModel(oracle), capacity: 2, concurrency: 2 })
      )
      expect(new Set(together.map(({ result }) => result.runId)).size).toBe(3)
      const alone = yield* Effect.provide(
        solveWith(2),
        searching({ database: yield* temporaryLog, model: oracleModel(oracle), capacity: 1, concurrency: 1 })
      )
      expect(together[1]!.result.digest).toBe(alone.result.digest)
      expect(only(together[1]!.events, "ProgramWritten").length).toBe(40)
    })
  )
})
