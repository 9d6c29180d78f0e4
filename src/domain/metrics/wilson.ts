import { type Estimate, z95 } from "./estimate.ts"

/**
 * A share of independent trials with Wilson's score interval (Wilson 1927, JASA 22:209): the p for which
 * |x/n − p| ≤ z √(p (1 − p) / n), that is
 *
 *     (x + z²/2 ± z √(x (n − x) / n + z²/4)) / (n + z²),   z = 1.96 for 95 %.
 *
 * It stays within 0 and 1, and is no point where all or none succeed. Nothing tried gives null for all three.
 *
 * @param successes from 0 to `trials`; need not be whole, see `clusteredShare`
 */
export const wilson = (successes: number, trials: number): Estimate => {
  const around = intervalOf(successes, trials)
  return { value: trials > 0 ? successes / trials : null, ...around, n: trials, method: "wilson" }
}

/** The interval alone, also of numbers that are not whole. */
export const intervalOf = (
  successes: number,
  trials: number
): { readonly low: number | null; readonly high: number | null } => {
  if (trials <= 0) return { low: null, high: null }
  const middle = successes + z95 ** 2 / 2
  const failures = trials - successes
  const half = z95 * Math.sqrt(Math.max(0, (successes * failures) / trials) + z95 ** 2 / 4)
  // At the ends the formula is exact and its arithmetic is not.
  const low = successes <= 0 ? 0 : (middle - half) / (trials + z95 ** 2)
  const high = failures <= 0 ? 1 : (middle + half) / (trials + z95 ** 2)
  return { low: Math.max(0, low), high: Math.min(1, high) }
}
