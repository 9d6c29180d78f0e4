import type { Estimate } from "./estimate.ts"
import { intervalOf } from "./wilson.ts"

/** Successes and trials of one run. */
export interface Cluster {
  readonly successes: number
  readonly trials: number
}

/**
 * A share of things that come in runs, such as programs: those of one run resemble each other, so that they tell less
 * than as many independent ones. The value is the pooled share p = Σxᵢ / Σnᵢ; the interval is Wilson's with the
 * effective number of trials n / deff (Rao and Scott 1992, Biometrics 48:577; Korn and Graubard 1998), where
 *
 *     deff = [R/(R − 1) · Σ (xᵢ − p nᵢ)² / n²] / [p (1 − p) / (n − 1)]
 *
 * is how much wider R runs spread than n independent trials, and counts as at least 1. One trial in each run gives
 * deff = 1 and plain Wilson; so do a single run and shares of 0 and 1, where nothing is known of the spread.
 */
export const clusteredShare = (clusters: ReadonlyArray<Cluster>): Estimate => {
  const used = clusters.filter(({ trials }) => trials > 0)
  let successes = 0
  let trials = 0
  for (const cluster of used) {
    successes += cluster.successes
    trials += cluster.trials
  }
  if (trials === 0) return { value: null, low: null, high: null, n: 0, method: "wilson" }
  const share = successes / trials
  const effective = trials / designEffect(used, share, trials)
  return { value: share, ...intervalOf(share * effective, effective), n: trials, method: "wilson" }
}

const designEffect = (clusters: ReadonlyArray<Cluster>, share: number, trials: number): number => {
  const runs = clusters.length
  if (runs < 2 || trials < 2 || share <= 0 || share >= 1) return 1
  let squares = 0
  for (const cluster of clusters) squares += (cluster.successes - share * cluster.trials) ** 2
  const between = ((runs / (runs - 1)) * squares) / trials ** 2
  return Math.max(1, between / ((share * (1 - share)) / (trials - 1)))
}
