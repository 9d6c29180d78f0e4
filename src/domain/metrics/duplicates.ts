/**
 * Of each program of a run, in order of index, whether its very text was there before. A place without a program
 * (null) repeats nothing.
 */
export const duplicates = (programs: ReadonlyArray<string | null>): ReadonlyArray<boolean> => {
  const seen = new Set<string>()
  return programs.map((program) => {
    if (program === null) return false
    const isRepeated = seen.has(program)
    seen.add(program)
    return isRepeated
  })
}
