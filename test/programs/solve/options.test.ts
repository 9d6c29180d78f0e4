import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { requestOf } from "../../../src/programs/solve/options.ts"

const counts = ["maxPrograms", "draftsPerPrompt", "beamWidth", "validExamples", "testExamples"] as const

describe("the options of a search", () => {
  it.effect.each(counts)("refuse a %s that no memory holds, by name", (name) =>
    Effect.gen(function* () {
      const refused = yield* Effect.flip(requestOf({ problem: "gcd", [name]: 1_000_001 }))
      expect(refused._tag).toBe("OptionInvalid")
      expect(refused.message).toBe(
        `the option ${name}: Expected a number between ${name === "testExamples" ? 0 : 1} and 1000000, actual 1000001`
      )
      expect(yield* requestOf({ problem: "gcd", [name]: 1_000_000 })).toBeDefined()
    })
  )

  it.effect("take limits of more than a million bytes", () =>
    Effect.gen(function* () {
      const { search } = yield* requestOf({
        problem: "gcd",
        memoryLimitBytes: 2 ** 30,
        timeLimitMs: 2_000_000
      })
      expect(search.limits).toMatchObject({ memoryBytes: 2 ** 30, timeMs: 2_000_000 })
    })
  )
})
