/**
 * TPR, the test pass rate: the share of hidden cases that a run's answer passes, from 0 to 1. Null where a problem has no
 * hidden cases, or the answer was not scored on them.
 */
export const testPassRate = (
  hidden: { readonly passed: number; readonly total: number } | null
): number | null => (hidden === null || hidden.total === 0 ? null : hidden.passed / hidden.total)
