import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { candidates, layerUnitTests, type TestedLanguage, testedBy } from "../../hostile/unitTestTasks.ts"

/** A few of the candidates in `test/hostile`, which are all tried by `npm run test:hostile`. */
const candidate = (language: TestedLanguage, kind: "cheats" | "right", name: string): string =>
  candidates(language, kind).find((one) => one.name === name)!.program

layer(layerUnitTests)("unit tests in the language of the candidate", (it) => {
  it.effect("tell right, wrong and broken programs apart in JavaScript", () =>
    Effect.gen(function* () {
      const js = (program: string) => testedBy("javascript", program)
      expect(yield* js(candidate("javascript", "right", "with-tests"))).toMatchObject({
        verdict: "Passed",
        score: 1
      })
      expect(yield* js(candidate("javascript", "right", "only-the-body"))).toMatchObject({
        verdict: "Passed"
      })
      expect(yield* js("const evens = (xs) => xs\n")).toMatchObject({
        verdict: "WrongAnswer",
        error:
          "JSON.stringify(evens([1, 2, 3, 4])) === JSON.stringify([2, 4])\nevens([1, 2, 3, 4]) gave [1, 2, 3, 4]"
      })
      const thrown = yield* js('const evens = (xs) => {\n  throw new Error("on line 2")\n}\n')
      expect(thrown).toMatchObject({ verdict: "RuntimeError", exit: 1 })
      expect(thrown.error).toMatch(/Error: on line 2\n +at evens \(.*program\.js:2:9\)/)
      expect((yield* js("const evens = (xs) => {\n  return )\n}\n")).error).toMatch(/^program\.js:2\n/)
      for (const cheat of ["exits-when-called", "redefines-console-assert", "reads-its-own-text"]) {
        expect((yield* js(candidate("javascript", "cheats", cheat))).verdict).not.toBe("Passed")
      }
    })
  )

  it.effect("and in C++", () =>
    Effect.gen(function* () {
      const cpp = (program: string) => testedBy("cpp", program)
      expect(yield* cpp(candidate("cpp", "right", "with-the-test"))).toMatchObject({
        verdict: "Passed",
        score: 1
      })
      const bad = yield* cpp(
        "#include <vector>\nusing namespace std;\nvector<int> evens(vector<int> xs) {\n  return y;\n}\n"
      )
      expect(bad.verdict).toBe("CompileError")
      expect(bad.error).toMatch(/program\.cpp:4:10: error: 'y' was not declared/)
      expect(yield* cpp(candidate("cpp", "cheats", "defines-assert"))).toMatchObject({
        verdict: "WrongAnswer",
        error: "assert(issame(evens({1,2,3,4}),{2,4}))\nevens([1, 2, 3, 4]) gave []"
      })
      expect(yield* cpp(candidate("cpp", "cheats", "exits-before-main"))).toMatchObject({
        verdict: "RuntimeError",
        exit: 0
      })
    })
  )
})
