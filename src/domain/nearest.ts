/**
 * The candidates that a mistyped word may stand for, nearest first: at most three, each within a third of its length
 * in edits (an insertion, a deletion, a substitution or a swap of neighbours; case does not count).
 */
export const nearest = (word: string, candidates: ReadonlyArray<string>): ReadonlyArray<string> => {
  const wanted = word.slice(0, 100).toLowerCase()
  return candidates
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((left, right) => left.distance - right.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

/** `; did you mean a or b?`, or nothing when no candidate is near. */
export const didYouMean = (word: string, candidates: ReadonlyArray<string>): string => {
  const near = nearest(word, candidates)
  return near.length === 0 ? "" : `; did you mean ${near.join(" or ")}?`
}

/** Optimal string alignment distance. */
const editDistance = (left: string, right: string): number => {
  let before: ReadonlyArray<number> = []
  let above = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1]
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      current.push(
        Math.min(
          above[column]! + 1,
          current[column - 1]! + 1,
          above[column - 1]! + (same ? 0 : 1),
          swapped ? before[column - 2]! + 1 : Number.POSITIVE_INFINITY
        )
      )
    }
    before = above
    above = current
  }
  return above[right.length]!
}
