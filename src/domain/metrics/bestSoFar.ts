/** A program at the effort at which it came. */
export interface Reached {
  readonly at: number
  readonly score: number
}

/**
 * The best score so far as a step function: the points at which it rises, in order of effort (what comes at the same
 * effort counts together). Before the first program it is 0.
 */
export const bestSoFar = <P extends Reached>(points: ReadonlyArray<P>): ReadonlyArray<P> => {
  const steps: Array<P> = []
  let best = Number.NEGATIVE_INFINITY
  for (const point of [...points].sort((left, right) => left.at - right.at)) {
    if (point.score <= best) continue
    best = point.score
    if (steps.at(-1)?.at === point.at) steps.pop()
    steps.push(point)
  }
  return steps
}

/**
 * The value of such a function at an effort: that of the last step up to it. A run that has ended keeps what it reached:
 * it has solved, or spent its budget.
 */
export const valueAt = (steps: ReadonlyArray<Reached>, effort: number): number => {
  let value = 0
  for (const { at, score } of steps) {
    if (at > effort) break
    value = score
  }
  return value
}
