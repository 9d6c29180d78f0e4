import { describe, expect, it } from "@effect/vitest"
import { Deferred, Duration, Effect, Fiber } from "effect"
import { resume } from "../../../src/programs/resume.ts"
import { begin } from "../../../src/programs/solve/begin.ts"
import { unfinished } from "../../../src/programs/solve/unfinished.ts"
import { oracleModel, preparedIn, searching } from "../../support/searching.ts"
import { published } from "../../support/settings.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"

const oracle = { seed: 4, cases: 3, skill: 0.2, silence: 0 }
const settings = { ...published, maxPrograms: 6 }
const prepared = preparedIn({ settings, oracle })

describe("an unfinished run", () => {
  it.scopedLive("is found by the very same search, once it was left and as long as it is not finished", () =>
    Effect.gen(function* () {
      expect(yield* unfinished(prepared)).toBeUndefined()
      const reached = yield* Deferred.make<void>()
      const running = yield* Effect.fork(
        begin(
          prepared,
          ({ pos }) =>
            pos < 9 ? Effect.void : Effect.zipRight(Deferred.succeed(reached, undefined), Effect.never),
          () => Effect.void
        )
      )
      yield* Deferred.await(reached)
      // It is being driven.
      expect(yield* unfinished(prepared)).toBeUndefined()
      yield* Fiber.interrupt(running)
      const left = yield* unfinished(prepared)
      expect(left).toBeDefined()
      const { request } = prepared
      for (const other of [
        preparedIn({ settings: { ...settings, seed: 1 }, oracle }),
        preparedIn({ settings: { ...settings, maxPrograms: 7 }, oracle }),
        preparedIn({ settings, oracle: { ...oracle, cases: 4 } }),
        preparedIn({ settings, oracle, hidden: false }),
        preparedIn({ settings, oracle, start: "print(1)" }),
        { ...prepared, request: { ...request, label: "mine" } }
      ]) {
        expect(yield* unfinished(other)).toBeUndefined()
      }
      // Another machine, and another seidr.
      expect(yield* unfinished({ ...prepared, environment: { tier: "other", toolchain: "other" } })).toBe(
        left
      )
      yield* resume(left!, Duration.seconds(20), () => Effect.void)
      expect(yield* unfinished(prepared)).toBeUndefined()
    }).pipe((test) =>
      Effect.flatMap(temporaryLog, (database) =>
        Effect.provide(test, searching({ database, model: oracleModel(oracle) }))
      )
    )
  )
})
