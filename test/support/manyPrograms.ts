import { expect } from "@effect/vitest"
import { Effect } from "effect"
import { oracleModel, preparedIn, searching, solveAndReplay } from "./searching.ts"
import { published } from "./settings.ts"
import { temporaryLog } from "./temporaryLog.ts"

/** An unsolvable search of many programs through inboxes of a capacity, with the real log, replayed. */
export const manyPrograms = (programs: number, capacity: number) =>
  Effect.gen(function* () {
    const oracle = { seed: capacity, cases: 6, skill: 0.15, silence: 0.05 }
    const settings = { ...published, maxPrograms: programs }
    const { result } = yield* Effect.provide(
      solveAndReplay(preparedIn({ settings, oracle })),
      searching({
        database: yield* temporaryLog,
        model: oracleModel(oracle),
        capacity,
        concurrency: capacity,
        executions: 2
      })
    )
    expect(result.programs).toBe(programs)
  })
