import { expect, it } from "vitest"
import { didYouMean, nearest } from "../../src/domain/nearest.ts"

const names = ["bowling", "basement", "gcd", "luhn", "twitter", "leaders"]

it.each([
  ["bowlin", ["bowling"]],
  ["BOWLING", ["bowling"]],
  ["obwling", ["bowling"]],
  ["gdc", ["gcd"]],
  ["leader", ["leaders"]],
  ["bxxxing", []],
  ["sorting", []],
  ["", []]
])("%s is near %j", (word, expected) => {
  expect(nearest(word, names)).toEqual(expected)
})

it("puts the nearest first, three at most", () => {
  expect(nearest("aaaaaa", ["aaaabb", "aaaaab", "aaaaaa", "aaaaac"])).toEqual(["aaaaaa", "aaaaab", "aaaaac"])
})

it("asks, or is silent", () => {
  expect(didYouMean("twiter", names)).toBe("; did you mean twitter?")
  expect(didYouMean("fold", names)).toBe("")
})
