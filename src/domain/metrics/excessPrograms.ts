/**
 * EPG, excess programs generated (arXiv 2304.10423): how many programs come before the first one that passes every
 * validation case. 0 when the very first one does; null when none does, which is not a large number but an unknown one.
 *
 * @param passing of each program, in order of index, whether it passes all
 */
export const excessPrograms = (passing: ReadonlyArray<boolean>): number | null => {
  const first = passing.indexOf(true)
  return first < 0 ? null : first
}
