import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { clusteredShare } from "../../../src/domain/metrics/clusteredShare.ts"
import { z95 } from "../../../src/domain/metrics/estimate.ts"
import { intervalOf, wilson } from "../../../src/domain/metrics/wilson.ts"

const counts = FastCheck.integer({ min: 1, max: 5_000 }).chain((trials) =>
  FastCheck.tuple(FastCheck.integer({ min: 0, max: trials }), FastCheck.constant(trials))
)

/** Where |x/n − p| = z √(p (1 − p) / n) between two shares on one side of x/n, by halving. */
const crossing = (share: number, trials: number, from: number, to: number): number => {
  const isInside = (p: number) => (share - p) ** 2 <= (z95 ** 2 * p * (1 - p)) / trials
  let [inside, outside] = [from, to]
  for (let round = 0; round < 100; round++) {
    const middle = (inside + outside) / 2
    if (isInside(middle)) inside = middle
    else outside = middle
  }
  return inside
}

describe("Wilson's interval", () => {
  it("is what Newcombe (1998, Statistics in Medicine 17:857, table I, method 3) gives", () => {
    for (const [successes, trials, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718]
    ] as const) {
      const found = wilson(successes, trials)
      expect(found.low).toBeCloseTo(low, 4)
      expect(found.high).toBeCloseTo(high, 4)
      expect(found).toMatchObject({ value: successes / trials, n: trials, method: "wilson" })
    }
  })

  it("says nothing of nothing, and all of all", () => {
    expect(wilson(0, 0)).toEqual({ value: null, low: null, high: null, n: 0, method: "wilson" })
    expect(wilson(7, 7)).toMatchObject({ value: 1, high: 1 })
    expect(wilson(7, 7).low).toBeLessThan(1)
  })

  it.prop("holds the shares from which the data are not further than z deviations", [counts], ([[x, n]]) => {
    const { low, high } = wilson(x, n)
    expect(low).toBeCloseTo(x === 0 ? 0 : crossing(x / n, n, x / n, 0), 9)
    expect(high).toBeCloseTo(x === n ? 1 : crossing(x / n, n, x / n, 1), 9)
  })
})

describe("a share of things that come in runs", () => {
  it.prop("is Wilson's where each run has one", [FastCheck.array(FastCheck.boolean())], ([outcomes]) => {
    const clusters = outcomes.map((isSuccess) => ({ successes: isSuccess ? 1 : 0, trials: 1 }))
    const plain = wilson(outcomes.filter((one) => one).length, outcomes.length)
    const found = clusteredShare(clusters)
    expect(found).toMatchObject({ value: plain.value, n: plain.n })
    expect(found.low ?? -1).toBeCloseTo(plain.low ?? -1, 9)
    expect(found.high ?? -1).toBeCloseTo(plain.high ?? -1, 9)
  })

  it.prop(
    "is pooled, and never surer than as many independent trials",
    [FastCheck.array(counts)],
    ([runs]) => {
      const successes = runs.reduce((sum, [x]) => sum + x, 0)
      const trials = runs.reduce((sum, [, n]) => sum + n, 0)
      const plain = wilson(successes, trials)
      const found = clusteredShare(runs.map(([x, n]) => ({ successes: x, trials: n })))
      expect(found).toMatchObject({ value: plain.value, n: trials })
      if (trials === 0) return
      expect(found.low!).toBeLessThanOrEqual(plain.low! + 1e-12)
      expect(found.high!).toBeGreaterThanOrEqual(plain.high! - 1e-12)
    }
  )

  it("knows as little as there are runs, where each run is all of one kind", () => {
    const runs = [true, true, false, true, false, false, true, true, false, true]
    const alike = clusteredShare(runs.map((one) => ({ successes: one ? 50 : 0, trials: 50 })))
    // One degree of freedom goes with their mean.
    const { low, high } = intervalOf(0.6 * 9, 9)
    expect(alike.low).toBeCloseTo(low!, 3)
    expect(alike.high).toBeCloseTo(high!, 3)
  })
})
