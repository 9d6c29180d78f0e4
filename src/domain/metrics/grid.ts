/** Curves begin at this part of their end. */
const smallestPart = 1 / 200

/**
 * Where curves are looked at: the numbers 1, 2 and 5 times a power of ten between a 200th of the largest effort and it,
 * and the largest effort itself. Nothing for an effort of 0.
 *
 * @param isWhole of things that are counted, nothing below 1 is looked at
 */
export const gridUpTo = (largest: number, isWhole: boolean): ReadonlyArray<number> => {
  if (!(largest > 0) || !Number.isFinite(largest)) return []
  const smallest = isWhole ? Math.max(1, largest * smallestPart) : largest * smallestPart
  const grid: Array<number> = []
  const decades = Math.ceil(Math.log10(largest / smallest)) + 1
  const first = Math.floor(Math.log10(smallest))
  for (let power = first; power <= first + decades; power++) {
    for (const digit of [1, 2, 5]) {
      // Powers of ten are exact as texts, and not as products.
      const point = Number(`${digit}e${power}`)
      if (point >= smallest && point < largest) grid.push(point)
    }
  }
  return [...grid, largest]
}
