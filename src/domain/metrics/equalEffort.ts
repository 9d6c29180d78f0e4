import type { Pair } from "./pairedComparison.ts"

/** What a run reached, and what it spent: up to its solution, or all in vain. */
export interface Spent {
  readonly isSolved: boolean
  /** Null where it is not known. */
  readonly spent: number | null
}

/**
 * Two runs at the same effort, as a pair of 1 (solved) and 0. Where one solves and the other gives up, the solution counts
 * only if it was reached with no more than the other has spent: with more, nobody knows what the other would have done.
 * Undefined where what is needed is not known.
 */
export const atEqualEffort = (first: Spent, second: Spent): Pair | undefined => {
  if (first.isSolved === second.isSolved) return first.isSolved ? [1, 1] : [0, 0]
  const [solved, other] = first.isSolved ? [first, second] : [second, first]
  if (solved.spent === null || other.spent === null) return undefined
  if (solved.spent > other.spent) return [0, 0]
  return first.isSolved ? [1, 0] : [0, 1]
}
