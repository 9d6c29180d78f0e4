/** The best of some scores after each of them; what has no score yet leaves it as it was. */
export const bestAfter = (scores: ReadonlyArray<number | null>): ReadonlyArray<number | null> => {
  let best: number | null = null
  return scores.map((score) => {
    if (score !== null && (best === null || score > best)) best = score
    return best
  })
}

/** 1, 2, 5, 10, 20, 50 … below a number, and the number itself. */
export const milestones = (last: number): ReadonlyArray<number> => {
  const below: Array<number> = []
  for (let ten = 1; ten < last; ten *= 10) {
    below.push(...[ten, 2 * ten, 5 * ten].filter((count) => count < last))
  }
  return last < 1 ? [] : [...below, last]
}
