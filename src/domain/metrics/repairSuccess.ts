/** A program that was written by an instruction, and the score of the program that it mends. */
export interface Repair {
  readonly instruction: string
  readonly parentScore: number
  readonly score: number
  readonly isPassing: boolean
}

/** Of some repairs: how many are better than what they repair, worse, and how many pass every validation case. */
export interface RepairCounts {
  readonly repairs: number
  readonly improved: number
  readonly worse: number
  readonly passing: number
  readonly instructions: number
  /** Instructions of which at least one repair is better. */
  readonly helpful: number
}

/**
 * What repairs come to. A repair succeeds when its score is higher than that of the program that it repairs; an
 * instruction when one of its repairs does. No repair: all 0, and the shares made of it are null.
 */
export const repairSuccess = (repairs: ReadonlyArray<Repair>): RepairCounts => {
  const instructions = new Map<string, boolean>()
  let improved = 0
  let worse = 0
  let passing = 0
  for (const { instruction, parentScore, score, isPassing } of repairs) {
    const isBetter = score > parentScore
    if (isBetter) improved += 1
    if (score < parentScore) worse += 1
    if (isPassing) passing += 1
    instructions.set(instruction, (instructions.get(instruction) ?? false) || isBetter)
  }
  const helpful = [...instructions.values()].filter((isHelpful) => isHelpful).length
  return { repairs: repairs.length, improved, worse, passing, instructions: instructions.size, helpful }
}
