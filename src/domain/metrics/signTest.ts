/**
 * The exact sign test, two-sided: how likely it is that of `wins + losses` fair coins at least as many fall on one side
 * as did, that is min(1, 2 · P[B ≤ min(wins, losses)]) for B ~ Binomial(wins + losses, ½). For pairs that are solved or
 * not it is the exact test of McNemar (1947). Ties tell nothing; without a win or a loss it is 1. Fewer than six pairs
 * that differ can never fall below 0.05 (2 · 2⁻⁵ = 0.0625).
 */
export const signTest = (wins: number, losses: number): number => {
  const trials = wins + losses
  const fewer = Math.min(wins, losses)
  // In logarithms: 2 to the minus a thousand is no number any more.
  let logTerm = -trials * Math.LN2
  let tail = Math.exp(logTerm)
  for (let index = 1; index <= fewer; index++) {
    logTerm += Math.log((trials - index + 1) / index)
    tail += Math.exp(logTerm)
  }
  return Math.min(1, 2 * tail)
}
