import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import type { TaskLanguage } from "../../../../src/domain/language.ts"
import { layer } from "../../../../src/services/Sandbox/layer.ts"
import { compared } from "./compared.ts"

/** Tries the first so many programs of each language. */
export const randomProgramsSuite = (counts: Readonly<Record<TaskLanguage, number>>): void => {
  describe("random programs give what plain processes give", () => {
    it.layer(Layer.fresh(layer({ unconfined: false, environment: process.env })))((it) => {
      for (const language of ["python", "cpp"] as const) {
        it.effect(`${counts[language]} in ${language}`, () =>
          Effect.forEach(
            Array.from({ length: counts[language] }, (_, number) => number),
            (number) =>
              Effect.gen(function* () {
                const { plain, sandboxed, source } = yield* compared(language, number)
                expect(sandboxed, source).toEqual(plain)
              }),
            { concurrency: 2, discard: true }
          )
        )
      }
    })
  })
}
