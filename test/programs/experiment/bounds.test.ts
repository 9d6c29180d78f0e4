import { NodeContext } from "@effect/platform-node"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { answerTokens, boundsOf, mostCalls } from "../../../src/programs/experiment/bounds.ts"
import { layerProblems } from "../../../src/programs/layers.ts"
import { requestOf } from "../../../src/programs/solve/options.ts"
import { sequential } from "../../support/sequential.ts"
import { smallSettings } from "../../support/settings.ts"

const prices = new Map([
  ["openai:cheap", { in: 1, out: 2 }],
  ["openai:dear", { in: 100, out: 200 }]
])

const boundsUnder = (models: { readonly model: string; readonly explainModel?: string }, more: object = {}) =>
  Effect.flatMap(
    requestOf({ problem: "gcd", maxPrograms: 10, draftsPerPrompt: 2, ...models, ...more }),
    (request) => boundsOf(request, prices)
  ).pipe(Effect.provide(Layer.provide(layerProblems, NodeContext.layer)))

describe("the bounds of a run", () => {
  it.prop("are the calls of a search that solves nothing", [smallSettings], ([settings]) => {
    const { tree } = sequential({ settings, oracle: { seed: settings.seed, cases: 1, skill: 0, silence: 0 } })
    const repairs = tree.map(({ node }) => node).filter((node) => node.includes("."))
    const instructions = new Set(repairs.map((node) => node.replace(/\.[^.]+$/, "")))
    expect(mostCalls(settings, false)).toEqual({
      draft: tree.length - repairs.length,
      explain: settings.instructions === "model" ? instructions.size : 0,
      repair: repairs.length
    })
  })

  it("ask for no draft where a program is there to begin from", () => {
    const search = { maxPrograms: 9, drafts: 5, explanations: 2, repairs: 2, beamWidth: 2 }
    const calls = mostCalls({ ...search, instructions: "model" }, true)
    expect(calls).toEqual({ draft: 0, explain: 2 + 2, repair: 8 })
  })

  it.effect("cost what each role's model costs", () =>
    Effect.gen(function* () {
      const cheap = yield* boundsUnder({ model: "openai:cheap" })
      expect(cheap).toMatchObject({ programs: 10, calls: 2 + 8 + 2 })
      expect(cheap.tokens.out).toBe(12 * answerTokens)
      expect(cheap.cost).toBeCloseTo((cheap.tokens.in + 2 * cheap.tokens.out) / 1e6, 12)
      const mixed = yield* boundsUnder({ model: "openai:cheap", explainModel: "openai:dear" })
      // Two calls of the twelve cost a hundred times as much.
      expect(mixed.cost).toBeCloseTo((cheap.cost! / 12) * (10 + 2 * 100), 9)
    })
  )

  it.effect("have no cost where a model that is asked has no price", () =>
    Effect.gen(function* () {
      expect((yield* boundsUnder({ model: "simulated" })).cost).toBeNull()
      const models = { model: "openai:cheap", explainModel: "simulated" }
      expect((yield* boundsUnder(models)).cost).toBeNull()
      expect((yield* boundsUnder(models, { instructions: "static" })).cost).toBeGreaterThan(0)
    })
  )
})
