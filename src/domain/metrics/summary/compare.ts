import { atEqualEffort } from "../equalEffort.ts"
import {
  type Pair,
  type PairedComparison,
  pairedComparison,
  type Verdict,
  verdictsOf
} from "../pairedComparison.ts"
import type { RunMeasures } from "../run/measure.ts"
import type { Effort } from "../run/progress.ts"
import type { AnalysedRun } from "./analysed.ts"

/** What settings are compared by. */
export const comparedBy = ["solved", "testPassRate", "solvedAtEqualPrograms", "solvedAtEqualTokens"] as const
export type ComparedBy = (typeof comparedBy)[number]

/** Two settings, by their places in a list, and what is to be said of one measure. */
export interface SettingComparison extends PairedComparison {
  readonly first: number
  readonly second: number
  readonly by: ComparedBy
  /** p, adjusted for all comparisons by the same measure. */
  readonly adjusted: number
  readonly verdict: Verdict
}

const pairOf: Readonly<Record<ComparedBy, (first: RunMeasures, second: RunMeasures) => Pair | undefined>> = {
  solved: (first, second) => [first.isSolved ? 1 : 0, second.isSolved ? 1 : 0],
  testPassRate: (first, second) =>
    first.testPassRate === null || second.testPassRate === null
      ? undefined
      : [first.testPassRate, second.testPassRate],
  solvedAtEqualPrograms: (first, second) => atEqual("programs", first, second),
  solvedAtEqualTokens: (first, second) => atEqual("tokens", first, second)
}

const atEqual = (effort: Effort, first: RunMeasures, second: RunMeasures): Pair | undefined => {
  const spentBy = ({ isSolved, progress }: RunMeasures) => ({
    isSolved,
    spent: progress[effort]?.spent ?? null
  })
  return atEqualEffort(spentBy(first), spentBy(second))
}

/**
 * Compares every two settings on what both have runs of. Runs of one problem with one seed were judged on the same
 * cases, and are a pair; where two settings share a problem but no seed of it, their runs of that problem are one pair, of
 * means. Several runs with one seed count as their mean.
 */
export const compareSettings = (
  settings: ReadonlyArray<ReadonlyArray<AnalysedRun>>,
  seed: number
): ReadonlyArray<SettingComparison> =>
  comparedBy.flatMap((by) => {
    const comparisons = settings.flatMap((ours, first) =>
      settings.slice(first + 1).map((theirs, offset) => {
        const second = first + 1 + offset
        const pairs = matched(ours, theirs).flatMap(([left, right]) => meanPair(left, right, pairOf[by]))
        return { first, second, by, ...pairedComparison(pairs, seed, "pairs", by, first, second) }
      })
    )
    const verdicts = verdictsOf(comparisons)
    return comparisons.map((comparison, index) => ({ ...comparison, ...verdicts[index]! }))
  })

type Runs = ReadonlyArray<AnalysedRun>

/** The runs of two settings that stand against each other. */
const matched = (ours: Runs, theirs: Runs): ReadonlyArray<readonly [Runs, Runs]> => {
  const [left, right] = [byProblem(ours), byProblem(theirs)]
  return [...left].flatMap(([problem, mine]) => {
    const others = right.get(problem)
    if (others === undefined) return []
    const bySeed = [...mine].flatMap(([seed, runs]) => {
      const same = others.get(seed)
      return same === undefined ? [] : [[runs, same] as const]
    })
    return bySeed.length > 0 ? bySeed : [[[...mine.values()].flat(), [...others.values()].flat()] as const]
  })
}

const byProblem = (runs: Runs): ReadonlyMap<string, ReadonlyMap<number, Runs>> => {
  const problems = new Map<string, Map<number, Array<AnalysedRun>>>()
  for (const run of runs) {
    const seeds = problems.get(run.problem) ?? new Map<number, Array<AnalysedRun>>()
    problems.set(run.problem, seeds)
    const same = seeds.get(run.seed)
    if (same === undefined) seeds.set(run.seed, [run])
    else same.push(run)
  }
  return problems
}

/** The mean over every run of one against every run of the other; nothing where that is not known. */
const meanPair = (left: Runs, right: Runs, of: (typeof pairOf)[ComparedBy]): ReadonlyArray<Pair> => {
  let first = 0
  let second = 0
  for (const ours of left) {
    for (const theirs of right) {
      const pair = of(ours.measures, theirs.measures)
      if (pair === undefined) return []
      first += pair[0]
      second += pair[1]
    }
  }
  const count = left.length * right.length
  return [[first / count, second / count]]
}
