import { randomFor } from "../random.ts"
import type { Estimate } from "./estimate.ts"

/** How many times the runs are drawn anew. */
export const resamples = 1_000

/**
 * A figure of a sample in which item i counts `weights[i]` times: once each in the sample itself, as often as it was
 * drawn in a resample. NaN where the figure does not exist.
 */
export interface Statistic {
  readonly of: (weights: ArrayLike<number>) => number
  /** What it stands on. */
  readonly n: number
}

/** The mean over the items that have a value; NaN in `values` stands for none. */
export const meanOf = (values: ReadonlyArray<number>): Statistic => {
  const column = Float64Array.from(values)
  const present = Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1))
  const filled = column.map((value) => (Number.isNaN(value) ? 0 : value))
  return {
    n: present.reduce((sum, one) => sum + one, 0),
    of: (weights) => {
      let sum = 0
      let count = 0
      for (let index = 0; index < filled.length; index++) {
        const weight = weights[index]!
        sum += weight * filled[index]!
        count += weight * present[index]!
      }
      return count === 0 ? Number.NaN : sum / count
    }
  }
}

/**
 * Statistics of a sample with percentile bootstrap intervals (Efron 1979, Annals of Statistics 7:1): the sample is drawn
 * anew from itself, item by item with replacement, 1,000 times, and the interval goes from the 2.5th to the 97.5th
 * percentile of what the statistic becomes. All statistics see the same resamples, which follow from seed and purpose.
 *
 * No item: all null. Nothing that could be drawn otherwise (one item, or one in each stratum): no interval, since one
 * value has no spread. Items that are all alike have an interval of no width; that is the method's weakness in small
 * samples, and why shares take `wilson`. A resample in which a statistic does not exist is left out.
 *
 * @param strata the items' numbers by stratum, such as the runs by problem: each stratum is drawn from itself
 */
export const bootstrap = (
  strata: ReadonlyArray<ReadonlyArray<number>>,
  statistics: ReadonlyArray<Statistic>,
  seed: number,
  ...purpose: ReadonlyArray<string | number>
): ReadonlyArray<Estimate> => {
  const size = strata.reduce((sum, { length }) => sum + length, 0)
  const once = new Float64Array(size).fill(1)
  const drawn = statistics.map(() => new Float64Array(resamples))
  const counts = statistics.map(() => 0)
  const random = randomFor(seed, "bootstrap", ...purpose)
  const weights = new Float64Array(size)
  const rounds = strata.some(({ length }) => length > 1) ? resamples : 0
  for (let round = 0; round < rounds; round++) {
    weights.fill(0)
    for (const stratum of strata) {
      for (let draw = 0; draw < stratum.length; draw++) {
        weights[stratum[random.integer(0, stratum.length - 1)]!]! += 1
      }
    }
    for (const [index, { n, of }] of statistics.entries()) {
      const value = n < 2 ? Number.NaN : of(weights)
      if (!Number.isNaN(value)) drawn[index]![counts[index]!++] = value
    }
  }
  return statistics.map(({ n, of }, index) => {
    const value = of(once)
    const sorted = drawn[index]!.subarray(0, counts[index]).sort()
    return {
      value: Number.isNaN(value) ? null : value,
      low: sorted.length === 0 ? null : percentile(sorted, 0.025),
      high: sorted.length === 0 ? null : percentile(sorted, 0.975),
      n,
      method: "bootstrap"
    }
  })
}

/** A sample without strata. */
export const together = (size: number): ReadonlyArray<ReadonlyArray<number>> => [
  Array.from({ length: size }, (_, index) => index)
]

/** The percentile of sorted values, linear between neighbours (definition 7 of Hyndman and Fan 1996). */
export const percentile = (sorted: ArrayLike<number>, share: number): number => {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!)
}
