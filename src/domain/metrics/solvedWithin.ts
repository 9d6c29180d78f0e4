/** A run as `solvedWithin` sees it. */
export interface Effort {
  /** The number of programs up to the solution, itself among them; null for a run that did not solve. */
  readonly toSolution: number | null
  /** Programs of the run. */
  readonly programs: number
}

/**
 * pass@k as the SEIDR papers read it (arXiv 2304.10423, 2503.07693): the share of runs that solve within their first k
 * programs. As counts, for `wilson`; undefined where there is no run, and where a run gave up before its k-th program,
 * since nobody knows what it would have done. The first success may end a run: that shapes nothing here.
 */
export const solvedWithin = (
  runs: ReadonlyArray<Effort>,
  k: number
): { readonly successes: number; readonly trials: number } | undefined => {
  let successes = 0
  for (const { toSolution, programs } of runs) {
    if (toSolution === null && programs < k) return undefined
    if (toSolution !== null && toSolution <= k) successes += 1
  }
  return runs.length === 0 ? undefined : { successes, trials: runs.length }
}
