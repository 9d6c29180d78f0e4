import { Effect, Layer } from "effect"
import type { Language } from "../../domain/language.ts"
import type { Problem } from "../../domain/problem.ts"
import { LanguageModel, type ModelAdapter, ModelMisconfigured, type ModelUse } from "../LanguageModel.ts"
import { traced } from "../traced.ts"
import { parseModelName } from "./modelName.ts"

/** The families of models that can be named, by their prefixes. */
export type Adapters = Readonly<Record<string, ModelAdapter>>

/** Sends each request to the adapter that its model's prefix names: `openai:gpt-4o-mini`, `simulated:hard`. */
export const router = (adapters: Adapters): typeof LanguageModel.Service => {
  const adapterOf = (model: string): Effect.Effect<ModelAdapter, ModelMisconfigured> => {
    const { family, name } = parseModelName(model)
    const adapter = Object.hasOwn(adapters, family) ? adapters[family] : undefined
    if (adapter === undefined) return Effect.fail(unknownFamily(adapters, model))
    if (name.trim() === "" && (adapter.exampleName !== undefined || model.startsWith(`${family}:`))) {
      return Effect.fail(
        new ModelMisconfigured({
          model,
          reason: "it names no model",
          advice: `Write ${adapter.exampleName === undefined ? family : `for example ${family}:${adapter.exampleName}`}`
        })
      )
    }
    return Effect.succeed(adapter)
  }
  return {
    complete: (call) =>
      traced(
        Effect.flatMap(adapterOf(call.request.model), (adapter) => adapter.complete(call)),
        "LanguageModel.complete"
      ),
    check: Effect.fn("LanguageModel.check")(function* (
      model: string,
      language?: Language,
      problem?: Problem
    ) {
      const adapter = yield* adapterOf(model)
      return yield* adapter.check(model, language, problem)
    }),
    roleModel: Effect.fn("LanguageModel.roleModel")(function* (model: string, use: ModelUse) {
      const { roleModel, batch } = yield* adapterOf(model)
      return roleModel === undefined ? { name: model, batch } : yield* roleModel(model, use)
    })
  }
}

export const layerRouter = (adapters: Adapters): Layer.Layer<LanguageModel> =>
  Layer.succeed(LanguageModel, router(adapters))

const unknownFamily = (adapters: Adapters, model: string): ModelMisconfigured => {
  const families = Object.entries(adapters).map(([family, { exampleName }]) => ({
    known: exampleName === undefined ? family : `${family}:NAME`,
    example: exampleName === undefined ? family : `${family}:${exampleName}`
  }))
  // Who leaves the prefix away most often means a hosted model: `gpt-4o`.
  const example = families.find(({ known, example }) => known !== example) ?? families[0]
  return new ModelMisconfigured({
    model,
    reason: "no such family of models",
    advice:
      `Known are ${families.map(({ known }) => known).join(", ")}` +
      (example === undefined ? "" : `; for example ${example.example}`)
  })
}
