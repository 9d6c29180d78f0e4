import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { type Comparison, exactly, firstDifference, lineScore, linesOf } from "../../src/domain/comparison.ts"

const keep: Comparison = { ...exactly, trailing: "keep" }
const within = (absolute: number, relative = 0): Comparison => ({
  ...exactly,
  kind: "numeric",
  absolute,
  relative
})

const outputs = FastCheck.stringMatching(/^[ab01. \n\t-]{0,12}$/)
const comparisons = FastCheck.constantFrom(exactly, keep, within(0.01), within(0, 1e-6))

describe("line scores", () => {
  it.each<[string, Comparison, string, string, number]>([
    ["equal", exactly, "a\nb\n", "a\nb\n", 1],
    ["without the last line end", exactly, "a\nb\n", "a\nb", 1],
    ["half of the lines", exactly, "a\nb", "a\nc", 0.5],
    ["over the longer output", exactly, "a", "a\nb\nc\nd", 0.25],
    ["over the longer expectation", exactly, "a\nb\nc\nd", "a", 0.25],
    ["shifted lines do not match", exactly, "a\nb\nc", "x\na\nb\nc", 0],
    ["nothing for something", exactly, "a", "", 0],
    ["nothing for nothing", exactly, "", "", 1],
    ["an empty line for nothing", exactly, "", "\n", 1],
    ["an empty line for nothing, kept", keep, "", "\n", 1],
    ["two empty lines for nothing, kept", keep, "", "\n\n", 0.5],
    ["CR LF", exactly, "a\nb\n", "a\r\nb\r\n", 1],
    ["CR LF, kept", keep, "a\nb\n", "a\r\nb\r\n", 1],
    ["spaces at the end", exactly, "a\nb", "a  \nb\t", 1],
    ["spaces at the end, kept", keep, "a\nb", "a  \nb", 0.5],
    ["expected spaces at the end, kept", keep, "a ", "a", 0],
    ["empty lines at the end", exactly, "a", "a\n\n\n", 1],
    ["empty lines at the end, kept", keep, "a", "a\n\n", 0.5],
    ["empty lines in between count", exactly, "a\n\nb", "a\nb", 1 / 3],
    ["spaces at the beginning count", exactly, "a", " a", 0],
    ["case counts", exactly, "True", "true", 0],
    ["exact numbers are texts", exactly, "1.0", "1", 0],
    ["near enough", within(0.001), "0.333", "0.3333", 1],
    ["not near enough", within(0.001), "0.333", "0.335", 0],
    ["near by the size of the number", within(0, 1e-6), "1000000", "1000000.5", 1],
    ["not near by the size of the number", within(0, 1e-6), "1000000", "1000002", 0],
    ["other spellings of a number", within(0), "1.50", "15e-1", 1],
    ["several fields", within(0.01), "1 2 3", "1.001  2.002 3", 1],
    ["a field is missing", within(0.01), "1 2 3", "1 2", 0],
    ["words among numbers", within(0.01), "x 1", "x 1.001", 1],
    ["other words among numbers", within(0.01), "x 1", "y 1.001", 0],
    ["the same NaN", within(1), "nan", "nan", 1],
    ["NaN for a number", within(1e9), "1", "nan", 0],
    ["a number for NaN", within(1e9), "nan", "1", 0],
    ["infinity for a number", within(1e9, 1e9), "1", "inf", 0],
    ["more than a double holds", within(0, 1e-6), "5", "1e999", 0],
    ["anything for more than a double holds", within(0, 1e-6), "1e999", "5", 0],
    ["hexadecimal is no number", within(1), "16", "0x10", 0],
    ["negative zero", within(0), "0", "-0.0", 1]
  ])("%s", (_, comparison, expected, actual, score) => {
    expect(lineScore(expected, actual, comparison)).toBeCloseTo(score, 12)
  })

  it.prop(
    "are 1 for the same text, and within 0 and 1 for any",
    [outputs, outputs, comparisons],
    ([one, other, comparison]) => {
      expect(lineScore(one, one, comparison)).toBe(1)
      const score = lineScore(one, other, comparison)
      expect(score).toBeGreaterThanOrEqual(0)
      expect(score).toBeLessThanOrEqual(1)
    }
  )

  it.prop(
    "are 1 exactly where there is no first difference",
    [outputs, outputs, comparisons],
    ([one, other, comparison]) => {
      const difference = firstDifference(one, other, comparison)
      expect(difference === undefined).toBe(lineScore(one, other, comparison) === 1)
      if (difference === undefined) return
      expect(difference.expected).toBe(linesOf(one, comparison)[difference.line - 1])
      const came = linesOf(other, comparison)
      const isNothing = came.length === 1 && came[0] === ""
      expect(difference.actual).toBe(isNothing ? undefined : came[difference.line - 1])
      const untilThere = (text: string) =>
        linesOf(text, comparison)
          .slice(0, difference.line - 1)
          .join("\n")
      if (comparison.kind === "exact") expect(untilThere(one)).toBe(untilThere(other))
    }
  )

  it.prop("do not see trailing space unless it is kept", [outputs], ([text]) => {
    const padded = text
      .split("\n")
      .map((line) => `${line} \t`)
      .join("\r\n")
    expect(lineScore(text, `${padded}\n\n`, exactly)).toBe(1)
  })
})
