import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { type CaseResult, evaluationOf } from "../../../src/domain/evaluation.ts"
import type { Case } from "../../../src/domain/problem.ts"
import { failureText, staticInstruction } from "../../../src/domain/prompts/failure.ts"
import { evaluate } from "../../support/simulation.ts"
import { casesOf, programText } from "../../support/smallPrograms.ts"

const cases: ReadonlyArray<Case> = [
  { input: "first in", output: "first out" },
  { input: "second in\n", output: "second out\n" },
  { input: "third in", output: "third out" }
]

const result = (change: Partial<CaseResult>): CaseResult => ({
  verdict: "WrongAnswer",
  score: 0,
  ms: 1,
  memoryBytes: 1,
  ...change
})

const passed = result({ verdict: "Passed", score: 1 })

const textFor = (...results: ReadonlyArray<CaseResult>) => failureText(evaluationOf(results), cases, "")

describe("what went wrong", () => {
  it("is cut between characters, not in one", () => {
    const long = `a${"🚀".repeat(2_000)}`
    expect(textFor(result({ actual: long }))).not.toMatch(/\p{Cs}/u)
    const failed = result({ verdict: "RuntimeError", exit: 1, error: `${"🚀".repeat(2_000)}a` })
    expect(textFor(failed)).not.toMatch(/\p{Cs}/u)
  })

  it("is told of the first case with the lowest score", () => {
    const half = result({ score: 0.5, actual: "half" })
    const none = result({ score: 0, actual: "nothing right" })
    expect(textFor(passed, half, passed)).toContain("second in")
    expect(textFor(half, none, none)).toContain("second in")
    expect(textFor(half, half, half)).toContain("first in")
  })

  it.each<[string, Partial<CaseResult>, ReadonlyArray<string>]>([
    ["a wrong answer", { actual: "came" }, ["first in", "first out", "came"]],
    [
      "a failure",
      { verdict: "RuntimeError", exit: 3, error: "Traceback" },
      ["first in", "status 3", "Traceback"]
    ],
    ["a death", { verdict: "RuntimeError", signal: "SIGSEGV", error: "oh" }, ["first in", "SIGSEGV", "oh"]],
    ["a program that does not compile", { verdict: "CompileError", error: "line 7" }, ["compile", "line 7"]],
    ["a time limit", { verdict: "TimeLimit" }, ["first in", "too long", "first out"]],
    ["a memory limit", { verdict: "MemoryLimit" }, ["first in", "memory", "first out"]],
    ["an output limit", { verdict: "OutputLimit" }, ["first in", "far too much", "first out"]],
    ["no program", { verdict: "NoProgram" }, ["no program"]]
  ])("%s is told by what matters", (_, change, words) => {
    const text = textFor(result(change), passed, passed)
    for (const word of words) expect(text).toContain(word)
  })

  it("says nothing of the cases that were not chosen", () => {
    const text = textFor(passed, result({ actual: "came" }), result({ actual: "also came" }))
    expect(text).not.toMatch(/first|third|also/)
  })

  it("quotes long texts in part", () => {
    const text = textFor(result({ actual: "x".repeat(5_000) }), passed, passed)
    expect(text.length).toBeLessThan(1_500)
    expect(text).toContain("(5000 characters)")
  })

  it("keeps the end of a long error, where its cause stands", () => {
    const text = textFor(
      result({ verdict: "RuntimeError", exit: 1, error: `${"at\n".repeat(2_000)}ValueError: 7` })
    )
    expect(text).toMatch(/ValueError: 7$/)
    expect(text.length).toBeLessThan(1_300)
  })

  it.prop("never holds what a limit cut off", [FastCheck.stringMatching(/^[PHWRSTMO]{4}$/)], ([does]) => {
    const evaluation = evaluate(4, programText("x", does))
    expect(failureText(evaluation, casesOf(4), "")).not.toContain("cut off")
    expect(staticInstruction(evaluation, casesOf(4), "")).not.toContain("cut off")
  })
})

describe("the fixed instruction", () => {
  it("names the input and the output that is wanted", () => {
    const text = staticInstruction(evaluationOf([passed, result({ actual: "came" })]), cases, "")
    expect(text).toContain("second in\n")
    expect(text).toContain("second out\n")
    expect(text).not.toContain("came")
  })

  it.each<Partial<CaseResult>>([
    { verdict: "CompileError", error: "line 7" },
    { verdict: "RuntimeError", exit: 1, error: "line 7" }
  ])("quotes the error of $verdict", (change) => {
    expect(staticInstruction(evaluationOf([result(change)]), cases, "")).toContain("line 7")
  })
})
