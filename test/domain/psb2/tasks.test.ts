import { describe, expect, it } from "@effect/vitest"
import { lineScore } from "../../../src/domain/comparison.ts"
import type { Kind, Value } from "../../../src/domain/psb2/task.ts"
import { tasks } from "../../../src/domain/psb2/tasks.ts"
import { caseOf, solved, textOf } from "../../../src/domain/psb2/text.ts"
import { randomFor } from "../../../src/domain/random.ts"
import { officialEdges, officialIsHere, officialText } from "./official.ts"

type Check = (...input: ReadonlyArray<never>) => boolean

const within = (low: number, high: number) => (value: number) => value >= low && value <= high
const list = (least: number, most: number, low: number, high: number) => (items: ReadonlyArray<number>) =>
  within(least, most)(items.length) && items.every(within(low, high))
const decimals = (items: ReadonlyArray<number>, places: number) =>
  items.every((item) => Number(item.toFixed(places)) === item)
const shared = (text: string) => new Set(text).size === text.length

/** The frame that a card begins with, if it is a legal one. */
const frameOf = (card: string): string | undefined => {
  const frame = /^(X|[-1-9][-1-9/])/.exec(card)?.[0]
  const pins = [...(frame ?? "")].map((symbol) => Number(symbol) || 0)
  return pins.reduce((left, right) => left + right, 0) < 10 ? frame : undefined
}

const game = (card: string): boolean => {
  let rest = card
  let frame: string | undefined
  for (let index = 0; index < 10; index++) {
    frame = frameOf(rest)
    if (frame === undefined) return false
    rest = rest.slice(frame.length)
  }
  if (frame === "X") return /^X[-1-9X]$/.test(rest) || (rest.length === 2 && frameOf(rest) === rest)
  return frame?.endsWith("/") ? /^[-1-9X]$/.test(rest) : rest === ""
}

/** Half a cent could be rounded up or down. */
const noHalfCent = (prices: ReadonlyArray<number>, discounts: ReadonlyArray<number>): boolean => {
  const unit = (value: number) => Math.round(100 * value)
  const total = prices.reduce((sum, price, index) => sum + unit(price) * (10000 - unit(discounts[index]!)), 0)
  return total % 10000 !== 5000
}

/** The published limits, and what else the descriptions promise. */
const promises: Readonly<Record<string, Check>> = {
  basement: (steps: ReadonlyArray<number>) => list(1, 20, -100, 100)(steps),
  "bouncing-balls": (drop: number, rise: number, bounces: number) =>
    within(1, 100)(drop) && within(1, drop)(rise) && rise < drop && within(1, 20)(bounces),
  bowling: game,
  "camel-case": (text: string) => text.length <= 20 && /^([a-z]+([- ][a-z]+)*)?$/.test(text),
  "coin-sums": within(1, 10000),
  "cut-vector": list(1, 20, 0, 10000),
  "dice-game": (first: number, second: number) => within(1, 1000)(first) && within(1, 1000)(second),
  "find-pair": (numbers: ReadonlyArray<number>, target: number) =>
    list(2, 20, -10000, 10000)(numbers) &&
    new Set(numbers).size === numbers.length &&
    numbers.flatMap((one, index) => numbers.slice(index + 1).filter((other) => one + other === target))
      .length === 1,
  "fizz-buzz": within(1, 1000000),
  "fuel-cost": list(1, 20, 6, 100000),
  gcd: (first: number, second: number) => within(1, 1000000)(first) && within(1, 1000000)(second),
  "indices-of-substring": (text: string, target: string) =>
    /^[ -~]{1,20}$/.test(text) && /^[ -~]{1,20}$/.test(target),
  leaders: list(0, 20, 0, 1000),
  luhn: list(16, 16, 0, 9),
  mastermind: (code: string, guess: string) => /^[BRWYOG]{4}$/.test(code) && /^[BRWYOG]{4}$/.test(guess),
  "middle-character": (text: string) => /^[ -~]{1,100}$/.test(text),
  "paired-digits": (digits: string) => /^[0-9]{2,20}$/.test(digits),
  "shopping-list": (prices: ReadonlyArray<number>, discounts: ReadonlyArray<number>) =>
    list(1, 20, 0, 50)(prices) &&
    list(prices.length, prices.length, 0, 100)(discounts) &&
    decimals([...prices, ...discounts], 2) &&
    noHalfCent(prices, discounts),
  "snow-day": (hours: number, ground: number, fall: number, melt: number) =>
    within(0, 20)(hours) && within(0, 20)(ground) && within(0, 10)(fall) && within(0, 1)(melt),
  "solve-boolean": (text: string) => text.length <= 20 && /^[tf]([&|][tf])*$/.test(text),
  "spin-words": (text: string) => text.length <= 20 && /^([a-z]+( [a-z]+)*)?$/.test(text),
  "square-digits": within(0, 1000000),
  "substitution-cipher": (from: string, to: string, message: string) =>
    /^[a-z]{0,26}$/.test(from) &&
    to.length === from.length &&
    /^[a-z]{0,26}$/.test(to + "") &&
    shared(from) &&
    shared(to) &&
    message.length <= 26 &&
    [...message].every((letter) => from.includes(letter)),
  twitter: (tweet: string) => /^[ -~]{0,200}$/.test(tweet),
  "vector-distance": (first: ReadonlyArray<number>, second: ReadonlyArray<number>) =>
    list(1, 20, -100, 100)(first) && list(first.length, first.length, -100, 100)(second)
}

const isOf = (kind: Kind, value: Value | undefined): boolean => {
  switch (kind) {
    case "int":
      return Number.isInteger(value)
    case "float":
      return Number.isFinite(value)
    case "string":
      return typeof value === "string"
    case "bool":
      return typeof value === "boolean"
    case "ints":
      return Array.isArray(value) && value.every(Number.isInteger)
    case "floats":
      return Array.isArray(value) && value.every(Number.isFinite)
  }
}

it("there are 25, in alphabetical order, under their own names", () => {
  const names = [...tasks.keys()]
  expect(names.length).toBe(25)
  expect(names).toEqual([...names].sort())
  expect([...tasks].every(([name, task]) => task.name === name)).toBe(true)
})

describe.each([...tasks.values()])("$name", (task) => {
  const drawn = Array.from({ length: 1000 }, (_, place) => task.generate(randomFor(5, "limits", place)))
  const holds = (input: ReadonlyArray<Value>) =>
    (promises[task.name] as (...input: ReadonlyArray<Value>) => boolean)(...input)

  it("has a description of its input and output", () => {
    expect(task.title.length).toBeGreaterThan(5)
    expect(task.description).toMatch(/^Input: /m)
    expect(task.description).toMatch(/^Output: /m)
    expect(Math.max(...task.description.split("\n").map((line) => line.length))).toBeLessThanOrEqual(125)
  })

  it("keeps its promises at the edges and in generated inputs", () => {
    expect(task.edges.length).toBeGreaterThanOrEqual(8)
    expect(new Set(task.edges.map((edge) => JSON.stringify(edge))).size).toBe(task.edges.length)
    for (const input of [...task.edges, ...drawn]) {
      expect([input, input.length === task.inputs.length && holds(input)]).toEqual([input, true])
      expect(task.inputs.every((kind, index) => isOf(kind, input[index]))).toBe(true)
      const output = solved(task, input)
      expect([input, output.length]).toEqual([input, task.outputs.length])
      expect(task.outputs.every((kind, index) => isOf(kind, output[index]))).toBe(true)
    }
  })

  it("generates the same from the same seed, and many different inputs and answers", () => {
    expect(task.generate(randomFor(5, "limits", 0))).toEqual(drawn[0])
    expect(new Set(drawn.map((input) => JSON.stringify(input))).size).toBeGreaterThan(700)
    for (const [place] of task.outputs.entries()) {
      const answers = drawn.map((input) => JSON.stringify(solved(task, input)[place]))
      const counts = [...new Set(answers)].map((answer) => answers.filter((other) => other === answer).length)
      expect(Math.max(...counts)).toBeLessThan(800)
    }
  })

  it("judges its own answers as right", () => {
    for (const input of drawn.slice(0, 100)) {
      const { output } = caseOf(task, input)
      expect(lineScore(output, output, task.comparison)).toBe(1)
    }
  })

  it.skipIf(!officialIsHere)("solves its official edge cases (files beside the repository)", () => {
    const lines = officialText(task).trimEnd().split("\n")
    const cases = officialEdges(task)
    expect(cases.length).toBe(lines.length)
    for (const [index, line] of lines.entries()) {
      const record = JSON.parse(line) as Readonly<Record<string, Value>>
      const input = task.inputs.map((_, place) => record[`input${place + 1}`]!)
      const output = solved(task, input).map((value, place) => textOf(task.outputs[place]!, value))
      expect([input, lineScore(cases[index]!.output, output.join(""), task.comparison)]).toEqual([input, 1])
    }
  })
})

it.skipIf(!officialIsHere)("there are 466 official edge cases (files beside the repository)", () => {
  expect([...tasks.values()].reduce((sum, task) => sum + officialEdges(task).length, 0)).toBe(466)
})

describe("tolerances", () => {
  const score = (name: string, expected: string, actual: string) =>
    lineScore(`${expected}\n`, `${actual}\n`, tasks.get(name)!.comparison)

  it("are the official ones", () => {
    expect(score("snow-day", "1.0", "1.00049")).toBe(1)
    expect(score("snow-day", "1.0", "1.00051")).toBe(0)
    expect(score("shopping-list", "3.0", "3.0049")).toBe(1)
    expect(score("shopping-list", "3.0", "3.0051")).toBe(0)
    expect(score("dice-game", "0.5833333", "0.5834")).toBe(1)
    expect(score("bouncing-balls", "3999.5995", "3999.603")).toBe(1)
    expect(score("bouncing-balls", "3999.5995", "3999.605")).toBe(0)
  })

  it("of texts leave no trailing space out", () => {
    expect(score("middle-character", "  ", " ")).toBe(0)
    expect(score("middle-character", "  ", "  ")).toBe(1)
    expect(score("leaders", "1\n5", "1\n5 ")).toBe(1)
  })
})
