import { describe, expect, it } from "@effect/vitest"
import type { CaseResult } from "../../../src/domain/evaluation.ts"
import { hintFor } from "../../../src/domain/prompts/hint.ts"

const result = (change: Partial<CaseResult>): CaseResult => ({
  verdict: "WrongAnswer",
  score: 0,
  ms: 1,
  memoryBytes: 1,
  ...change
})
const hint = (output: string, actual: string): string => hintFor({ input: "1", output }, result({ actual }))

describe("a hint", () => {
  it.each([
    ["42", "Answer: 42\n"],
    ["-2\n", "The sum is -2."],
    ["1\n2\n3\n", "Enter a number: 1\n2\n3\nDone!\n"],
    ["yes", "Result = yes"],
    ["3.5", "x is 3.5!"]
  ])("tells of more words than %j in %j", (output, actual) => {
    expect(hint(output, actual)).toMatch(/only the output/)
  })

  it.each([
    ["42", "43\n"],
    ["1", "there are 10 of 21\n"],
    ["2", "the sum is -2"],
    ["3", "about 3.5 or 2.3"],
    ["1\n2\n", "first 2, then 1"],
    ["42", "42 43"],
    ["", "words"],
    ["\n", ""]
  ])("is not given for %j and %j", (output, actual) => {
    expect(hint(output, actual)).toBe("")
  })

  it("tells of nothing", () => expect(hint("42", " \n")).toMatch(/print the output/))

  it.each([
    ["FileNotFoundError: [Errno 2] No such file or directory: 'input.txt'", /standard input/],
    ["java.io.FileNotFoundException: input.txt (No such file or directory)", /standard input/],
    ["java.nio.file.NoSuchFileException: input.txt", /standard input/],
    ["Error: ENOENT: no such file or directory, open 'input.txt'", /standard input/],
    ["could not open file", /standard input/],
    ["EOFError: EOF when reading a line", /more than the input/],
    ['Exception in thread "main" java.util.NoSuchElementException: No line found', /more than the input/],
    ["ValueError: 7", /^$/]
  ])("goes by the error %j", (error, told) => {
    expect(hintFor({ input: "1", output: "1" }, result({ verdict: "RuntimeError", error }))).toMatch(told)
  })

  it("is not given for other kinds of checks", () => {
    const failed = result({ verdict: "RuntimeError", error: "EOFError" })
    expect(hintFor({ test: "assert f(1) == 1" }, failed)).toBe("")
    expect(hintFor({ argument: "1" }, result({ verdict: "OutputLimit" }))).toBe("")
  })
})
