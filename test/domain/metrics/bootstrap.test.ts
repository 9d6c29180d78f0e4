import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { bootstrap, meanOf, percentile, together } from "../../../src/domain/metrics/bootstrap.ts"

const values = FastCheck.array(FastCheck.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 12 })
const mean = (numbers: ReadonlyArray<number>) =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length

const few = { fastCheck: { numRuns: 40 } }

describe("the bootstrap", () => {
  it.prop(
    "lies within what was seen, is the same for a seed, and has no width where all are alike",
    [values, FastCheck.integer()],
    ([numbers, seed]) => {
      const [found] = bootstrap(together(numbers.length), [meanOf(numbers)], seed)
      expect(found!.value).toBeCloseTo(mean(numbers), 9)
      expect(bootstrap(together(numbers.length), [meanOf(numbers)], seed)[0]).toEqual(found)
      if (numbers.length === 1) {
        expect([found!.low, found!.high]).toEqual([null, null])
        return
      }
      expect(found!.low!).toBeLessThanOrEqual(found!.high!)
      expect(found!.low!).toBeGreaterThanOrEqual(Math.min(...numbers))
      expect(found!.high!).toBeLessThanOrEqual(Math.max(...numbers))
      if (new Set(numbers).size === 1) expect(found!.low).toBe(found!.high)
    },
    few
  )

  it("is as wide as the resamples' own distribution says", () => {
    // The mean of a resample of 30 ones and 30 zeros is Binomial(60, 1/2) / 60: 2.5 % lie below 22 / 60.
    const numbers = Array.from({ length: 60 }, (_, index) => index % 2)
    const [found] = bootstrap(together(60), [meanOf(numbers)], 42, "test")
    expect(Math.abs(found!.low! - 22.5 / 60)).toBeLessThanOrEqual(1.5 / 60)
    expect(Math.abs(found!.high! - 37.5 / 60)).toBeLessThanOrEqual(1.5 / 60)
  })

  it("leaves out what has no value", () => {
    const [some, none] = bootstrap(
      together(3),
      [meanOf([1, Number.NaN, 3]), meanOf([Number.NaN, Number.NaN, Number.NaN])],
      1
    )
    expect(some).toMatchObject({ value: 2, n: 2, low: 1, high: 3 })
    expect(none).toEqual({ value: null, low: null, high: null, n: 0, method: "bootstrap" })
    expect(bootstrap([], [meanOf([])], 1)[0]).toMatchObject({ value: null, low: null, n: 0 })
  })

  it("draws each stratum from itself", () => {
    const numbers = [0, 0, 10, 10]
    const [apart] = bootstrap(
      [
        [0, 1],
        [2, 3]
      ],
      [meanOf(numbers)],
      1
    )
    expect(apart).toMatchObject({ value: 5, low: 5, high: 5 })
    const [single] = bootstrap([[0], [1], [2], [3]], [meanOf(numbers)], 1)
    expect(single).toMatchObject({ value: 5, low: null, high: null })
  })
})

describe("a percentile", () => {
  it("lies between its neighbours", () => {
    for (const [share, value] of [
      [0, 1],
      [0.25, 2],
      [0.5, 3],
      [0.9, 8.2],
      [1, 11]
    ] as const)
      expect(percentile([1, 2, 3, 4, 11], share)).toBeCloseTo(value, 12)
  })
})
