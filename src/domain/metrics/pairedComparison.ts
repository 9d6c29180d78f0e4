import { bootstrap, meanOf, together } from "./bootstrap.ts"
import type { Estimate } from "./estimate.ts"
import { holm } from "./holm.ts"
import { signTest } from "./signTest.ts"

/** What two settings reach on the same thing; more is better. */
export type Pair = readonly [first: number, second: number]

export interface PairedComparison {
  /** Pairs in which the first is better, in which the second is, and in which they are equal. */
  readonly wins: number
  readonly losses: number
  readonly ties: number
  /** The mean of first minus second, with a bootstrap interval over the pairs. */
  readonly difference: Estimate
  /** Of the exact sign test; see `signTest`. */
  readonly p: number
}

/** The level below which a difference counts. */
const level = 0.05

/**
 * Compares two settings by pairs: only which is better counts for the test, so that no distribution is assumed. No pair:
 * p is 1 and there is no difference to tell.
 */
export const pairedComparison = (
  pairs: ReadonlyArray<Pair>,
  seed: number,
  ...purpose: ReadonlyArray<string | number>
): PairedComparison => {
  const differences = pairs.map(([first, second]) => first - second)
  const wins = differences.filter((difference) => difference > 0).length
  const losses = differences.filter((difference) => difference < 0).length
  const [difference] = bootstrap(together(pairs.length), [meanOf(differences)], seed, ...purpose)
  return {
    wins,
    losses,
    ties: pairs.length - wins - losses,
    difference: difference!,
    p: signTest(wins, losses)
  }
}

export type Verdict = "first" | "second" | "undecided"

/**
 * Which of each two settings is better. A verdict needs an adjusted p of at most 0.05 (`holm` over all comparisons that
 * are made at once); everything else is undecided, which does not mean equal.
 */
export const verdictsOf = (
  comparisons: ReadonlyArray<Pick<PairedComparison, "wins" | "losses" | "p">>
): ReadonlyArray<{ readonly adjusted: number; readonly verdict: Verdict }> => {
  const adjusted = holm(comparisons.map(({ p }) => p))
  return comparisons.map(({ wins, losses }, index) => ({
    adjusted: adjusted[index]!,
    verdict: adjusted[index]! > level ? "undecided" : wins > losses ? "first" : "second"
  }))
}
