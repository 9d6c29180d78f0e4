import { describe, expect, it } from "@effect/vitest"
import { Effect, FastCheck } from "effect"
import { lawRuns } from "../../support/lawRuns.ts"
import { oracles } from "../../support/oracle.ts"
import { eventsOf, oracleModel, preparedIn, searching, solveAndReplay } from "../../support/searching.ts"
import { rankings, smallSettings } from "../../support/settings.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { counting, forked, oracle, settings, withParent } from "./forking.ts"

const overrides = FastCheck.record({
  ranking: rankings,
  beamWidth: FastCheck.integer({ min: 1, max: 4 }),
  repairs: FastCheck.integer({ min: 1, max: 4 }),
  explanations: FastCheck.integer({ min: 1, max: 3 }),
  instructions: FastCheck.constantFrom("model" as const, "static" as const),
  maxPrograms: FastCheck.integer({ min: 1, max: 20 }),
  seed: FastCheck.integer({ min: 0, max: 9 })
})

const points = FastCheck.constantFrom("gen:0", "gen:1", "d0", "d1", "d0.e0.r0", "0", "9", "30", "end")

describe("a fork", () => {
  it.scopedLive("of a fork at its own beginning is that fork", () =>
    withParent((parent, _, asked) =>
      Effect.gen(function* () {
        const overrides = { maxPrograms: 9, beamWidth: 1, ranking: { kind: "lexicase" } } as const
        const { result } = yield* forked(parent, { at: "d2", overrides })
        const beginning = (yield* eventsOf(result.runId)).find(({ event }) => event._tag === "RunForked")!
        asked.length = 0
        const again = yield* forked(result.runId, { at: String(beginning.pos) })
        expect(again.result.digest).toBe(result.digest)
        expect(again.result.best).toEqual(result.best)
        expect(asked).toEqual([])
      })
    )
  )

  it.scopedLive("has the same tree whatever the concurrency, under any settings, and replays", () =>
    Effect.gen(function* () {
      const drawn = FastCheck.sample(
        FastCheck.record({
          at: FastCheck.constantFrom("gen:0", "gen:1", "d1", "40", "3"),
          overrides
        }),
        { numRuns: 8, seed: 7 }
      )
      const database = yield* temporaryLog
      const at = (concurrency: number) => searching({ database, model: counting().model, concurrency })
      const { result: parent } = yield* Effect.provide(
        solveAndReplay(preparedIn({ settings, oracle })),
        at(4)
      )
      const digestsOf = (concurrency: number) =>
        Effect.provide(
          Effect.forEach(drawn, (forking) =>
            Effect.map(forked(parent.runId, forking), ({ result }) => result.digest)
          ),
          at(concurrency)
        )
      expect(yield* digestsOf(1)).toEqual(yield* digestsOf(8))
    })
  )

  it.scopedLive.prop(
    "of a fork at its own beginning is that fork, wherever and under whatever settings it was forked",
    [smallSettings, oracles, points, overrides],
    ([settings, oracle, at, overrides]) =>
      Effect.gen(function* () {
        const model = oracleModel(oracle)
        yield* Effect.gen(function* () {
          const parent = yield* solveAndReplay(preparedIn({ settings, oracle }))
          const child = yield* Effect.either(forked(parent.result.runId, { at, overrides }))
          // Not every run has every point.
          if (child._tag === "Left") return
          const { runId, digest, best } = child.right.result
          const beginning = (yield* eventsOf(runId)).find(
            (stored) => stored.runId === runId && stored.event._tag === "RunForked"
          )!
          const again = yield* forked(runId, { at: String(beginning.pos) })
          expect(again.result).toMatchObject({ digest, best })
          expect(again.result.fork?.adopted.calls).toBe(again.result.calls)
        }).pipe(Effect.provide(searching({ database: yield* temporaryLog, model })))
      }),
    lawRuns(3)
  )
})
