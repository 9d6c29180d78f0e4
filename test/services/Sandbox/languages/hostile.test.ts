import { describe, expect, it } from "@effect/vitest"
import { Effect, Either, Layer } from "effect"
import { defaultLimits } from "../../../../src/domain/evaluation.ts"
import type { Language } from "../../../../src/domain/language.ts"
import { layer } from "../../../../src/services/Sandbox/layer.ts"
import { Sandbox } from "../../../../src/services/Sandbox.ts"
import { hostileTrials } from "./hostileTrials.ts"

const sandbox = layer({ unconfined: false, environment: process.env })

const isHere = (language: Language) =>
  Effect.runPromise(
    Effect.gen(function* () {
      return Either.isRight(yield* Effect.either((yield* Sandbox).toolchain(language)))
    }).pipe(Effect.provide(Layer.fresh(sandbox)))
  )
const here = new Map<Language, boolean>([
  ["java", await isHere("java")],
  ["javascript", await isHere("javascript")]
])

describe("hostile programs in Java and JavaScript", () => {
  it.layer(Layer.fresh(sandbox))((it) => {
    for (const { endings, inputs, language, name, source } of hostileTrials) {
      it.effect.skipIf(here.get(language) !== true)(name, () =>
        Effect.gen(function* () {
          const limits = { ...defaultLimits, timeMs: 30_000, outputBytes: 2 ** 16 }
          const run = yield* (yield* Sandbox).run({ language, source, inputs, limits })
          expect(run).toMatchObject({ _tag: "Ran" })
          const found = run._tag === "Ran" ? run.executions : []
          expect(
            found.map(
              ({ ending, stdout }) =>
                `${Object.values(ending).join(" ")} ${ending._tag === "OutputLimit" ? "" : stdout}`
            )
          ).toEqual(endings.map((ending) => expect.stringMatching(ending)))
        })
      )
    }
  })
})
