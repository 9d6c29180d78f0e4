/**
 * p-values of several questions that are asked at once, adjusted by Holm (1979, Scandinavian Journal of Statistics 6:65):
 * in ascending order, the i-th of m becomes the largest of (m − j + 1) · pⱼ for j ≤ i, at most 1. To call those up to
 * 0.05 significant is wrong anywhere with a chance of at most 5 %. One question stays as it is.
 */
export const holm = (values: ReadonlyArray<number>): ReadonlyArray<number> => {
  const order = values.map((_, index) => index).sort((left, right) => values[left]! - values[right]!)
  const adjusted = new Array<number>(values.length)
  let largest = 0
  for (const [rank, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (values.length - rank) * values[index]!))
    adjusted[index] = largest
  }
  return adjusted
}
