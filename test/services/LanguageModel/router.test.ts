import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { layerRouter, router } from "../../../src/services/LanguageModel/router.ts"
import { scripted } from "../../../src/services/LanguageModel/scripted.ts"
import { LanguageModel, ModelUnavailable } from "../../../src/services/LanguageModel.ts"
import { callFor, double } from "./httpServer.ts"

const named = (name: string) => scripted(({ model }) => `${name} as ${model}`)

const adapters = {
  openai: { ...named("o"), exampleName: "gpt-4o-mini" },
  ollama: { ...named("l"), batch: 1, exampleName: "llama3.1" },
  simulated: named("s")
}

const use = { role: "draft", language: "python", problem: double } as const

describe("router", () => {
  const routes = [
    { model: "openai:gpt-4o", text: "o as openai:gpt-4o", batch: 10 },
    { model: "ollama:llama3:8b", text: "l as ollama:llama3:8b", batch: 1 },
    { model: "simulated", text: "s as simulated", batch: 10 },
    { model: "simulated?fail=0.1", text: "s as simulated?fail=0.1", batch: 10 },
    { model: "simulated:hard?latency=200ms", text: "s as simulated:hard?latency=200ms", batch: 10 }
  ]
  for (const { model, text, batch } of routes) {
    it.effect(`sends ${model} on`, () =>
      Effect.gen(function* () {
        const models = yield* LanguageModel
        expect((yield* models.complete(callFor(model))).text).toBe(text)
        expect(yield* models.roleModel(model, use)).toEqual({ name: model, batch })
        yield* models.check(model)
      }).pipe(Effect.provide(layerRouter(adapters)))
    )
  }

  const refusals = [
    {
      model: "gpt-4o",
      says: "Known are openai:NAME, ollama:NAME, simulated; for example openai:gpt-4o-mini"
    },
    { model: "gemini:pro", says: "no such family" },
    { model: "toString:x", says: "no such family" },
    { model: "", says: "no such family" },
    { model: "openai", says: "for example openai:gpt-4o-mini" },
    { model: "openai:", says: "for example openai:gpt-4o-mini" },
    { model: "openai: ", says: "for example openai:gpt-4o-mini" },
    { model: "simulated:", says: "Write simulated" }
  ]
  for (const { model, says } of refusals) {
    it.effect(`refuses ${JSON.stringify(model)}`, () =>
      Effect.gen(function* () {
        const models = router(adapters)
        for (const ask of [
          models.complete(callFor(model)),
          models.check(model),
          models.roleModel(model, use)
        ]) {
          const error = yield* Effect.flip(Effect.asVoid(ask))
          expect(error._tag).toBe("ModelMisconfigured")
          expect(error.message).toContain(says)
        }
      })
    )
  }
})

describe("scripted", () => {
  it.effect("says a text, an answer or what an Effect gives, and fails as a model does", () =>
    Effect.gen(function* () {
      const whole = { text: "b", usage: { in: 1, out: 2 }, finishReason: "length" }
      const down = new ModelUnavailable({ model: "scripted", endpoint: "here", reason: "down" })
      const says = (model: ReturnType<typeof scripted>) => model.complete(callFor("scripted"))
      expect(yield* says(scripted((_, { callKey }) => callKey))).toEqual({
        text: "d0",
        usage: undefined,
        finishReason: "stop"
      })
      expect(yield* says(scripted(() => whole))).toEqual(whole)
      expect((yield* says(scripted(() => Effect.succeed("c")))).text).toBe("c")
      expect((yield* Effect.flip(says(scripted(() => Effect.fail(down))))).message).toBe(down.message)
    })
  )
})
