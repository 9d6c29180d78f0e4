import { valueAt } from "../bestSoFar.ts"
import { meanOf, type Statistic } from "../bootstrap.ts"
import type { Estimate } from "../estimate.ts"
import { gridUpTo } from "../grid.ts"
import { type Effort, efforts } from "../run/progress.ts"
import { wilson } from "../wilson.ts"
import type { AnalysedRun } from "./analysed.ts"

/** Where curves are looked at, by kind of effort. */
export type Grids = Readonly<Record<Effort, ReadonlyArray<number>>>

/** What runs have reached, on average, when each of them has spent an effort. */
export interface CurvePoint {
  readonly at: number
  /** The mean of their best validation scores so far. */
  readonly score: Estimate
  /** The share of them that have solved. */
  readonly solved: Estimate
}

/** Over an effort that is not known of every run there is no curve. */
export type Curves = Readonly<Record<Effort, ReadonlyArray<CurvePoint> | null>>

/** Grids that fit all runs, so that the curves of several settings can be laid over each other. */
export const gridsFor = (runs: ReadonlyArray<AnalysedRun>, digits?: ReadonlyArray<number>): Grids => {
  const gridOf = (effort: Effort) => {
    let largest = 0
    for (const { measures } of runs) largest = Math.max(largest, measures.progress[effort]?.spent ?? 0)
    return gridUpTo(largest, effort !== "cost" && effort !== "seconds", digits)
  }
  return {
    programs: gridOf("programs"),
    calls: gridOf("calls"),
    tokens: gridOf("tokens"),
    cost: gridOf("cost"),
    seconds: gridOf("seconds")
  }
}

/** The mean best score at each point, for `bootstrap`, by effort. */
export const scoreStatistics = (runs: ReadonlyArray<AnalysedRun>, grids: Grids): ReadonlyArray<Statistic> =>
  efforts.flatMap((effort) =>
    isKnown(runs, effort)
      ? grids[effort].map((at) =>
          meanOf(runs.map(({ measures }) => valueAt(measures.progress[effort]?.rises ?? [], at)))
        )
      : []
  )

/** The curves, from the estimates of `scoreStatistics` in their order. */
export const curvesFrom = (
  runs: ReadonlyArray<AnalysedRun>,
  grids: Grids,
  scores: ReadonlyArray<Estimate>
): Curves => {
  let next = 0
  const curveOf = (effort: Effort): ReadonlyArray<CurvePoint> | null =>
    isKnown(runs, effort)
      ? grids[effort].map((at) => ({ at, score: scores[next++]!, solved: solvedAt(runs, effort, at) }))
      : null
  return {
    programs: curveOf("programs"),
    calls: curveOf("calls"),
    tokens: curveOf("tokens"),
    cost: curveOf("cost"),
    seconds: curveOf("seconds")
  }
}

const isKnown = (runs: ReadonlyArray<AnalysedRun>, effort: Effort): boolean =>
  runs.every(({ measures }) => measures.progress[effort] !== null)

const solvedAt = (runs: ReadonlyArray<AnalysedRun>, effort: Effort, at: number): Estimate => {
  const solved = runs.filter(({ measures: { isSolved, progress } }) => {
    const last = progress[effort]?.rises.at(-1)
    return isSolved && last?.isPassing === true && last.at <= at
  })
  return wilson(solved.length, runs.length)
}
