// Whether two searches went through the same programs, with the same scores, to the same winner.

/** The first thing that differs, in words; undefined where nothing does. */
export const firstDifference = (ours, theirs) => {
  const most = Math.max(ours.programs.length, theirs.programs.length)
  for (let index = 0; index < most; index++) {
    const [here, there] = [ours.programs[index], theirs.programs[index]]
    if (here === undefined) return `program ${index} is the reference's only`
    if (there === undefined) return `program ${index} is ours only`
    if (here.program !== there.program) return `program ${index} is another`
    if (Math.abs(here.score - there.score) > 1e-9) {
      return `program ${index} has the score ${here.score} here and ${there.score} there`
    }
    if (here.passed !== there.passed)
      return `program ${index} passes ${here.passed} here and ${there.passed} there`
  }
  return ours.best === theirs.best ? undefined : "the winner is another"
}
