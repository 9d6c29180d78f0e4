import { describe, expect, it } from "@effect/vitest"
import type { UnitTestsCheck } from "../../../src/domain/check.ts"
import { assembled } from "../../../src/domain/unitTests/assembled.ts"
import { testedLanguages } from "../../../src/domain/unitTests/languages.ts"
import { rustEnumerations } from "../../../src/domain/unitTests/rustValues.ts"
import { undeclared } from "../../../src/domain/unitTests/sides.ts"
import { candidates, type TestedLanguage, unitTestTasks } from "../../hostile/unitTestTasks.ts"

const checkOf = (language: TestedLanguage): UnitTestsCheck => {
  const { prelude, prompt, setup = "" } = unitTestTasks[language]
  const entryPoint = language === "go" ? "Evens" : "evens"
  return { _tag: "UnitTests", language, entryPoint, prompt, prelude, setup }
}

describe("assembled", () => {
  it("has nothing of a candidate in the test's program, and nothing of the test in the candidate's", () => {
    for (const language of Object.keys(unitTestTasks) as Array<TestedLanguage>) {
      const { test } = unitTestTasks[language]
      const sides = (program: string) =>
        assembled(testedLanguages[language]!, checkOf(language), program, test)
      const { source } = sides("").tests
      const assertion = test
        .split("\n")
        .find((line) => /1, ?2, ?3, ?4/.test(line))!
        .trim()
        .replace(/,$/, "")
      expect(source.replaceAll("::std::", "")).toContain(
        language === "javascript" ? "evens([1, 2, 3, 4])" : assertion
      )
      for (const { program } of [
        ...candidates(language, "cheats").slice(0, 3),
        ...candidates(language, "right").slice(0, 2)
      ]) {
        expect(sides(program).tests.source).toBe(source)
        expect(sides(program).program.source).not.toContain(assertion)
      }
    }
  })

  it("says what a prompt does not declare", () => {
    for (const language of ["cpp", "java", "go", "rust"] as const) {
      const check = { ...checkOf(language), prompt: "", entryPoint: "odds" }
      const { tests } = assembled(testedLanguages[language]!, check, "", unitTestTasks[language].test)
      expect(tests.source).toContain(undeclared)
    }
  })

  it("knows the variants of an enumeration in Rust", () => {
    const code = rustEnumerations("pub enum Answer<S, I> { Empty(), None, Text(S), Pair(I, I) }")
    expect(code).toContain("impl<S: Put, I: Put> Put for super::Answer<S, I>")
    expect(code).toContain(
      "super::Answer::Pair(x0, x1) => { mark(out, 'V', \"3.2.Pair\"); x0.put(out); x1.put(out); }"
    )
    expect(code).toContain('"1.0.None" => super::Answer::None,')
  })
})
