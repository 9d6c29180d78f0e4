import { fromLetters, type Verdict } from "../verdict.ts"

/**
 * The verdict for which a program counts as failed: that of its first case with the lowest score, which is also what the
 * search tells the model. Null for a program that passes all, and for one without cases.
 *
 * @param verdicts a letter per case
 * @param partial numbers of cases whose score is neither 0 nor 1, with the score
 */
export const failureOf = (
  verdicts: string,
  partial: ReadonlyArray<readonly [number, number]>
): Verdict | null => {
  const scores = new Map(partial)
  let lowest = 1
  let found = -1
  for (let index = 0; index < verdicts.length; index++) {
    const score = scores.get(index) ?? (verdicts[index] === "P" ? 1 : 0)
    if (score < lowest) {
      lowest = score
      found = index
    }
  }
  return found < 0 ? null : (fromLetters(verdicts[found]!)?.[0] ?? null)
}
