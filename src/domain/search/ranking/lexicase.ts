import { type Candidate, type Selection, slotBySlot } from "./selection.ts"

/**
 * Lexicase selection (Spector 2012): for each choice the cases are walked in a fresh random order, and each keeps
 * only those who are best on it, until one is left or the cases are used up; then chance decides. A candidate is
 * chosen at most once.
 */
export const byLexicase: Selection = slotBySlot((pool, random) => {
  const cases = random.shuffle(Array.from(pool[0]!.caseScores, (_, index) => index))
  let left: ReadonlyArray<Candidate> = pool
  for (const index of cases) {
    if (left.length === 1) break
    const best = left.reduce((top, { caseScores }) => Math.max(top, caseScores[index] ?? 0), 0)
    left = left.filter(({ caseScores }) => (caseScores[index] ?? 0) === best)
  }
  return random.pick(left)
})
