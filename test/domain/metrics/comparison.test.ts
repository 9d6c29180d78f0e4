import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { atEqualEffort } from "../../../src/domain/metrics/equalEffort.ts"
import { holm } from "../../../src/domain/metrics/holm.ts"
import { type Pair, pairedComparison, verdictsOf } from "../../../src/domain/metrics/pairedComparison.ts"
import { signTest } from "../../../src/domain/metrics/signTest.ts"

/** The share of all falls of n coins of which the side with fewer has at most `fewer`. */
const byCoins = (trials: number, fewer: number): number => {
  let extreme = 0
  for (let fall = 0; fall < 2 ** trials; fall++) {
    const heads = [...fall.toString(2)].filter((bit) => bit === "1").length
    if (Math.min(heads, trials - heads) <= fewer) extreme += 1
  }
  return extreme / 2 ** trials
}

const count = FastCheck.integer({ min: 0, max: 600 })

describe("the sign test", () => {
  it("is what all falls of the coins give", () => {
    for (let wins = 0; wins <= 6; wins++) {
      for (let losses = 0; losses <= 6; losses++)
        expect(signTest(wins, losses)).toBeCloseTo(byCoins(wins + losses, Math.min(wins, losses)), 12)
    }
  })

  it.prop("is the binomial tail in whole numbers, either way round", [count, count], ([wins, losses]) => {
    const trials = wins + losses
    let term = 1n
    let tail = 1n
    for (let index = 1; index <= Math.min(wins, losses); index++) {
      term = (term * BigInt(trials - index + 1)) / BigInt(index)
      tail += term
    }
    const exact = Math.min(1, Number((2n * tail * 10n ** 15n) / 2n ** BigInt(trials)) / 1e15)
    expect(signTest(wins, losses)).toBeCloseTo(exact, 9)
    expect(signTest(losses, wins)).toBe(signTest(wins, losses))
  })
})

describe("Holm's adjustment", () => {
  it("is what R's p.adjust gives", () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02])
    expect(holm([0.8])).toEqual([0.8])
    expect(holm([0.7, 0.9])).toEqual([1, 1])
    expect(holm([])).toEqual([])
  })
})

describe("a paired comparison", () => {
  const pairs = (wins: number, losses: number, ties: number): ReadonlyArray<Pair> => [
    ...Array.from({ length: wins }, (): Pair => [1, 0]),
    ...Array.from({ length: losses }, (): Pair => [0, 1]),
    ...Array.from({ length: ties }, (): Pair => [1, 1])
  ]
  const verdict = (...counts: readonly [number, number, number]) =>
    verdictsOf([pairedComparison(pairs(...counts), 1)])[0]!.verdict

  it("needs six pairs that differ, all the same way, to decide", () => {
    expect(verdict(5, 0, 100)).toBe("undecided")
    expect(verdict(6, 0, 100)).toBe("first")
    expect(verdict(0, 6, 0)).toBe("second")
    expect(verdict(7, 1, 0)).toBe("undecided")
    expect(verdict(0, 0, 50)).toBe("undecided")
    expect(verdict(0, 0, 0)).toBe("undecided")
  })

  it("tells wins, losses, ties and the mean difference", () => {
    expect(pairedComparison(pairs(3, 1, 4), 1)).toMatchObject({
      wins: 3,
      losses: 1,
      ties: 4,
      difference: { value: 0.25, n: 8 },
      p: 0.625
    })
    expect(pairedComparison([], 1).difference).toMatchObject({ value: null, low: null, n: 0 })
  })

  it("is more careful the more questions are asked", () => {
    const one = pairedComparison(pairs(6, 0, 0), 1)
    expect(verdictsOf([one, one]).map(({ verdict }) => verdict)).toEqual(["undecided", "undecided"])
  })
})

describe("equal effort", () => {
  const solved = (spent: number | null) => ({ isSolved: true, spent })
  const unsolved = (spent: number | null) => ({ isSolved: false, spent })

  it("lets a solution count only when the other has spent as much in vain", () => {
    expect(atEqualEffort(solved(10), unsolved(10))).toEqual([1, 0])
    expect(atEqualEffort(unsolved(10), solved(9))).toEqual([0, 1])
    expect(atEqualEffort(solved(11), unsolved(10))).toEqual([0, 0])
    expect(atEqualEffort(solved(1), solved(100))).toEqual([1, 1])
    expect(atEqualEffort(unsolved(1), unsolved(null))).toEqual([0, 0])
    expect(atEqualEffort(solved(null), unsolved(100))).toBeUndefined()
    expect(atEqualEffort(solved(1), unsolved(null))).toBeUndefined()
  })
})
