import type { Comparison } from "../comparison.ts"

/** Text that is judged as it stands: trailing spaces and empty lines are part of it. */
export const verbatim: Comparison = { kind: "exact", absolute: 0, relative: 0, trailing: "keep" }

/**
 * The official judge takes a number for right when the difference, rounded to 3 (or 2) decimals, is 0. As 0.0005 and
 * 0.005 are a little more than that as doubles, and round up, the bound is the largest double below them.
 */
export const threeDecimals: Comparison = {
  kind: "numeric",
  absolute: 0.0004999999999999999,
  relative: 0,
  trailing: "ignore"
}

export const twoDecimals: Comparison = { ...threeDecimals, absolute: 0.004999999999999999 }

/** For outputs that the official data computed in single precision. */
export const singlePrecision: Comparison = { ...threeDecimals, absolute: 1e-3, relative: 1e-6 }
