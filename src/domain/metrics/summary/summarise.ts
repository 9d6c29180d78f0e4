import { bootstrap, meanOf, together } from "../bootstrap.ts"
import type { Estimate } from "../estimate.ts"
import type { RunMeasures } from "../run/measure.ts"
import type { ModelBill } from "../run/modelBills.ts"
import { wilson } from "../wilson.ts"
import { type AnalysedRun, strataBy } from "./analysed.ts"
import { type Curves, curvesFrom, type Grids, scoreStatistics } from "./curves.ts"
import { type PassRow, passRows } from "./passRows.ts"
import {
  duplicateShare,
  type FailureShare,
  failureShares,
  type GenerationShare,
  generationShares,
  type RepairShares,
  repairShares
} from "./shares.ts"

/** The figures of some runs, which are repetitions of one setting, on one problem or on several. */
export interface Summary {
  readonly runs: number
  /** The seeds of the runs, in ascending order. */
  readonly seeds: ReadonlyArray<number>
  /** Problems, and those that at least one run solves. */
  readonly problems: { readonly total: number; readonly solved: number }
  /** The share of runs that solve; of those with a program that passes all validation cases. */
  readonly solved: Estimate
  readonly found: Estimate
  /** Means over the runs. Excess programs over those alone that found a solution: see `excessPrograms`. */
  readonly testPassRate: Estimate
  readonly bestScore: Estimate
  readonly excessPrograms: Estimate
  readonly programs: Estimate
  readonly calls: Estimate
  readonly tokens: Estimate
  readonly cost: Estimate
  readonly seconds: Estimate
  readonly passAtK: ReadonlyArray<PassRow>
  readonly curves: Curves
  readonly generations: ReadonlyArray<GenerationShare>
  readonly failures: ReadonlyArray<FailureShare>
  readonly repairs: ReadonlyArray<RepairShares>
  readonly duplicates: Estimate
  /** Sums over the runs' own calls, surplus included. */
  readonly models: ReadonlyArray<ModelBill>
}

export interface SummaryOptions {
  /** The k's of pass@k. */
  readonly ks: ReadonlyArray<number>
  readonly grids: Grids
  /** Of the bootstrap. */
  readonly seed: number
}

export const summarise = (runs: ReadonlyArray<AnalysedRun>, { ks, grids, seed }: SummaryOptions): Summary => {
  const all = runs.map(({ measures }) => measures)
  const solved = runs.filter(({ measures }) => measures.isSolved)
  const means = meansOf(all)
  const scores = scoreStatistics(runs, grids)
  const estimates = bootstrap(together(runs.length), [...Object.values(means), ...scores], seed, "means")
  const estimateOf = (name: keyof typeof means): Estimate => estimates[Object.keys(means).indexOf(name)]!
  return {
    runs: runs.length,
    seeds: [...new Set(runs.map((run) => run.seed))].sort((left, right) => left - right),
    problems: {
      total: strataBy(runs, ({ problem }) => problem).length,
      solved: strataBy(solved, ({ problem }) => problem).length
    },
    solved: wilson(solved.length, runs.length),
    found: wilson(all.filter(({ isFound }) => isFound).length, runs.length),
    testPassRate: estimateOf("testPassRate"),
    bestScore: estimateOf("bestScore"),
    excessPrograms: estimateOf("excessPrograms"),
    programs: estimateOf("programs"),
    calls: estimateOf("calls"),
    tokens: estimateOf("tokens"),
    cost: estimateOf("cost"),
    seconds: estimateOf("seconds"),
    passAtK: passRows(runs, ks, seed),
    curves: curvesFrom(runs, grids, estimates.slice(Object.keys(means).length)),
    generations: generationShares(runs),
    failures: failureShares(runs),
    repairs: repairShares(runs),
    duplicates: duplicateShare(runs),
    models: sumOfBills(all.flatMap(({ own }) => own.bills))
  }
}

const meansOf = (all: ReadonlyArray<RunMeasures>) => {
  const mean = (value: (measures: RunMeasures) => number | null | undefined) =>
    meanOf(all.map((measures) => value(measures) ?? Number.NaN))
  return {
    testPassRate: mean(({ testPassRate }) => testPassRate),
    bestScore: mean(({ bestScore }) => bestScore),
    excessPrograms: mean(({ excess }) => excess),
    programs: mean(({ programs }) => programs),
    calls: mean(({ calls }) => calls),
    tokens: mean(({ progress }) => progress.tokens?.spent),
    cost: mean(({ progress }) => progress.cost?.spent),
    seconds: mean(({ progress }) => progress.seconds?.spent)
  }
}

const sumOfBills = (bills: ReadonlyArray<ModelBill>): ReadonlyArray<ModelBill> => {
  const sums = new Map<string, ModelBill>()
  for (const bill of bills) {
    const sum = sums.get(bill.model)
    sums.set(bill.model, sum === undefined ? bill : added(sum, bill))
  }
  return [...sums.values()].sort((left, right) => (left.model < right.model ? -1 : 1))
}

const added = (left: ModelBill, right: ModelBill): ModelBill => ({
  model: left.model,
  calls: left.calls + right.calls,
  surplus: left.surplus + right.surplus,
  adopted: left.adopted + right.adopted,
  failed: left.failed + right.failed,
  tokens: { in: left.tokens.in + right.tokens.in, out: left.tokens.out + right.tokens.out },
  uncounted: left.uncounted + right.uncounted,
  cost: left.cost === null || right.cost === null ? null : left.cost + right.cost
})
