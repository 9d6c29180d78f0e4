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

  it.effect("take a batch for models that are asked, and none for recordings", () =>
    Effect.gen(function* () {
      const options = { problem: "gcd", batchSize: 3 }
      expect((yield* requestOf({ ...options, model: "openai:small" })).batchSize).toBe(3)
      expect((yield* requestOf({ problem: "gcd" })).batchSize).toBeUndefined()
      const refused = yield* Effect.flip(requestOf({ ...options, debugModel: "tape:RUN" }))
      expect(refused.message).toMatch(/^the option batchSize is for models that are asked, and tape:RUN was/)
    })
  )

  it.effect("spend the budget of a baseline on drafts alone, or on one chain of repairs", () =>
    Effect.gen(function* () {
      const one = { explanations: 1, repairs: 1, beamWidth: 1 }
      const baseline = (preset: "sampling" | "repair-only", maxPrograms?: number) =>
        Effect.map(requestOf({ problem: "gcd", preset, maxPrograms }), ({ search }) => search)
      expect(yield* baseline("sampling")).toMatchObject({ maxPrograms: 100, drafts: 100, ...one })
      expect(yield* baseline("sampling", 7)).toMatchObject({ maxPrograms: 7, drafts: 7, ...one })
      expect(yield* baseline("repair-only", 7)).toMatchObject({ maxPrograms: 7, drafts: 1, ...one })
    })
  )
})
