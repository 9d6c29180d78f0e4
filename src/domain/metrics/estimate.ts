/**
 * A figure with its 95 % confidence interval. `n` counts what it stands on, `value` is null where there is nothing to
 * say, and `low` and `high` where nothing can be said of its spread (a mean over a single run).
 */
export interface Estimate {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly n: number
  readonly method: "wilson" | "bootstrap"
}

/** The quantile of the normal distribution that leaves 2.5 % on either side. */
export const z95 = 1.959963984540054
