import type { RunMeasures } from "../run/measure.ts"

/** A run with its figures, and what it is grouped by. */
export interface AnalysedRun {
  readonly runId: string
  /** Its problem; problems with other numbers of cases are others. */
  readonly problem: string
  readonly seed: number
  readonly measures: RunMeasures
}

/** The numbers of some items by a name of theirs, in order of first occurrence: the strata of a bootstrap. */
export const strataBy = <A>(
  items: ReadonlyArray<A>,
  nameOf: (item: A) => string
): ReadonlyArray<ReadonlyArray<number>> => {
  const strata = new Map<string, Array<number>>()
  for (const [index, item] of items.entries()) {
    const name = nameOf(item)
    const stratum = strata.get(name)
    if (stratum === undefined) strata.set(name, [index])
    else stratum.push(index)
  }
  return [...strata.values()]
}
