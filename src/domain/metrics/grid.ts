/** Curves begin at this part of their end. */
const smallestPart = 1 / 200

const few = [1, 2, 5]
/** For curves that are drawn. */
export const many = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]

/**
 * Where curves are looked at: some numbers (1, 2 and 5) times a power of ten between a 200th of the largest effort and
 * it, and the largest effort itself. Nothing for an effort of 0.
 *
 * @param isWhole of things that are counted, only whole numbers from 1 on are looked at
 */
export const gridUpTo = (
  largest: number,
  isWhole: boolean,
  digits: ReadonlyArray<number> = few
): ReadonlyArray<number> => {
  if (!(largest > 0) || !Number.isFinite(largest)) return []
  const smallest = isWhole ? Math.max(1, largest * smallestPart) : largest * smallestPart
  const grid: Array<number> = []
  const decades = Math.ceil(Math.log10(largest / smallest)) + 1
  const first = Math.floor(Math.log10(smallest))
  for (let power = first; power <= first + decades; power++) {
    for (const digit of digits) {
      // Powers of ten are exact as texts, and not as products.
      const point = Number(`${digit}e${power}`)
      if (point < smallest || point >= largest || (isWhole && !Number.isInteger(point))) continue
      grid.push(point)
    }
  }
  return [...grid, largest]
}
