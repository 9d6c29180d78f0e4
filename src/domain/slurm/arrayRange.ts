import { Either } from "effect"

/** The indices of a job array, as Slurm writes them. */
export interface ArrayRange {
  readonly indices: ReadonlyArray<number>
  /** How many tasks may run at the same time; undefined for as many as the cluster gives. */
  readonly atOnce: number | undefined
}

/** Far above what a cluster takes (`MaxArraySize` is 4,000,001 at most). */
const largest = 4_000_000

/**
 * Reads `1-500%20`, `0,3,7-9`, `0-100:10`; nothing before `%` means what `others` gives. On the left, what was expected.
 *
 * @param others the indices when none are named
 */
export const readArrayRange = (
  text: string,
  others: ReadonlyArray<number> = []
): Either.Either<ArrayRange, string> => {
  const [, list = "", limit] = /^([^%]*)(?:%(\d{1,9}))?$/.exec(text.replaceAll(/\s/g, "")) ?? []
  const atOnce = limit === undefined ? undefined : Number(limit)
  if (text.trim() === "" || (list === "" && atOnce === undefined) || atOnce === 0)
    return Either.left(expected)
  const indices = new Set<number>(list === "" ? others : [])
  for (const part of list === "" ? [] : list.split(",")) {
    const [, from, to, step] = /^(\d{1,7})(?:-(\d{1,7})(?::(\d{1,7}))?)?$/.exec(part) ?? []
    const [first, last, by] = [Number(from), Number(to ?? from), Number(step ?? 1)]
    if (from === undefined || last < first || last > largest || by < 1) return Either.left(expected)
    for (let index = first; index <= last; index += by) indices.add(index)
  }
  return Either.right({ indices: [...indices].sort((one, other) => one - other), atOnce })
}

const expected = `indices from 0 to ${largest} as 1-500, 0,3,7-9 or 0-100:10, and %20 behind them for 20 at once`

/** Indices in order as Slurm takes them, as short as it can be: `0-49,60`. */
export const arrayRangeText = ({ atOnce, indices }: ArrayRange): string => {
  const parts: Array<string> = []
  for (let place = 0; place < indices.length; ) {
    let end = place
    while (indices[end + 1] === indices[end]! + 1) end += 1
    parts.push(end === place ? `${indices[place]}` : `${indices[place]}-${indices[end]}`)
    place = end + 1
  }
  return parts.join(",") + (atOnce === undefined ? "" : `%${atOnce}`)
}
