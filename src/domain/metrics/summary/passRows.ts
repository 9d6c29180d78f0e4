import { bootstrap, type Statistic } from "../bootstrap.ts"
import type { Estimate } from "../estimate.ts"
import { passAtK } from "../passAtK.ts"
import { type Effort, solvedWithin } from "../solvedWithin.ts"
import { wilson } from "../wilson.ts"
import { type AnalysedRun, strataBy } from "./analysed.ts"

/** pass@k of some runs by each reading. */
export interface PassRow {
  readonly k: number
  /** The share of runs that solve within their first k programs: see `solvedWithin`. */
  readonly within: Estimate
  /** The same with nothing but their drafts: what independent sampling would have reached. */
  readonly drafts: Estimate
  /** By `passAtK`, over the programs of a problem: n are judged, c pass every validation case. Mean over problems. */
  readonly programs: Estimate
  /** By `passAtK`, over the runs of a problem: n have ended, c solve. Mean over problems. */
  readonly runs: Estimate
}

export const passRows = (
  runs: ReadonlyArray<AnalysedRun>,
  ks: ReadonlyArray<number>,
  seed: number
): ReadonlyArray<PassRow> => {
  const strata = strataBy(runs, ({ problem }) => problem)
  const perPrograms = ks.map((k) =>
    chen(runs, strata, k, ({ measures }) => [measures.own.programs, measures.own.passing])
  )
  const perRuns = ks.map((k) => chen(runs, strata, k, ({ measures }) => [1, measures.isSolved ? 1 : 0]))
  const estimates = bootstrap(strata, [...perPrograms, ...perRuns], seed, "pass@k")
  return ks.map((k, index) => ({
    k,
    within: shareWithin(
      runs.map(({ measures }) => effortOf(measures.isSolved, measures.excess, measures.programs)),
      k
    ),
    drafts: shareWithin(
      runs.map(({ measures: { isSolved, drafts } }) => effortOf(isSolved, drafts.excess, drafts.count)),
      k
    ),
    programs: estimates[index]!,
    runs: estimates[ks.length + index]!
  }))
}

/** A program that passes every validation case but not the hidden ones ends its run: nothing comes after it. */
const effortOf = (isSolved: boolean, excess: number | null, programs: number): Effort => ({
  toSolution: isSolved && excess !== null ? excess + 1 : null,
  programs: !isSolved && excess !== null ? Number.POSITIVE_INFINITY : programs
})

const shareWithin = (efforts: ReadonlyArray<Effort>, k: number): Estimate => {
  const counts = solvedWithin(efforts, k)
  return wilson(counts?.successes ?? 0, counts?.trials ?? 0)
}

/** The mean over problems; NaN where one of them has fewer than k samples. */
const chen = (
  runs: ReadonlyArray<AnalysedRun>,
  strata: ReadonlyArray<ReadonlyArray<number>>,
  k: number,
  countsOf: (run: AnalysedRun) => readonly [n: number, c: number]
): Statistic => {
  const counts = runs.map(countsOf)
  return {
    n: counts.reduce((sum, [n]) => sum + n, 0),
    of: (weights) => {
      let sum = 0
      for (const stratum of strata) {
        let n = 0
        let c = 0
        for (const index of stratum) {
          n += weights[index]! * counts[index]![0]
          c += weights[index]! * counts[index]![1]
        }
        sum += passAtK(n, c, k) ?? Number.NaN
      }
      return strata.length === 0 ? Number.NaN : sum / strata.length
    }
  }
}
