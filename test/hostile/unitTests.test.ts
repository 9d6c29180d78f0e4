import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { Sandbox } from "../../src/services/Sandbox.ts"
import { candidates, layerUnitTests, type TestedLanguage, testedBy } from "./unitTestTasks.ts"

const languages: ReadonlyArray<TestedLanguage> = ["cpp", "java", "javascript", "go", "rust"]

layer(layerUnitTests)("unit tests", (it) => {
  for (const language of languages) {
    for (const { name, program } of candidates(language, "cheats")) {
      it.effect(`in ${language}: a cheat does not pass: ${name}`, (context) =>
        Effect.gen(function* () {
          if (yield* isAbsent(language)) return context.skip()
          const result = yield* testedBy(language, program)
          expect(result.verdict, result.error).not.toBe("Passed")
          expect(result.score).toBe(0)
        })
      )
    }
    for (const { name, program } of candidates(language, "right")) {
      it.effect(`in ${language}: a right program passes: ${name}`, (context) =>
        Effect.gen(function* () {
          if (yield* isAbsent(language)) return context.skip()
          const result = yield* testedBy(language, program)
          expect(result.verdict, result.error).toBe("Passed")
        })
      )
    }
  }
})

const isAbsent = (language: TestedLanguage) =>
  Effect.gen(function* () {
    return (yield* Effect.either((yield* Sandbox).toolchain(language)))._tag === "Left"
  })
