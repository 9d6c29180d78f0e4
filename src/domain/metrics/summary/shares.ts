import { Verdict } from "../../verdict.ts"
import { clusteredShare } from "../clusteredShare.ts"
import type { Estimate } from "../estimate.ts"
import type { RepairCounts } from "../repairSuccess.ts"
import type { InstructionWriter } from "../run/measure.ts"
import { wilson } from "../wilson.ts"
import type { AnalysedRun } from "./analysed.ts"

type Own = AnalysedRun["measures"]["own"]

/** A share of the runs' own programs, which come in runs. */
const shareOf = (
  runs: ReadonlyArray<AnalysedRun>,
  successes: (own: Own) => number,
  trials: (own: Own) => number = ({ programs }) => programs
): Estimate =>
  clusteredShare(runs.map(({ measures: { own } }) => ({ successes: successes(own), trials: trials(own) })))

export interface GenerationShare {
  readonly generation: number
  /** Its share of all programs. */
  readonly programs: Estimate
  /** Of the runs that found a solution, the share that found it here. */
  readonly solutions: Estimate
}

export const generationShares = (runs: ReadonlyArray<AnalysedRun>): ReadonlyArray<GenerationShare> => {
  const found = runs.flatMap(({ measures }) => measures.generationOfSolution ?? [])
  const made = runs.map(({ measures }) => measures.own.generations.length)
  const count = [...made, ...found.map((generation) => generation + 1)].reduce(
    (most, one) => Math.max(most, one),
    0
  )
  return Array.from({ length: count }, (_, generation) => ({
    generation,
    programs: shareOf(runs, ({ generations }) => generations[generation] ?? 0),
    solutions: wilson(found.filter((one) => one === generation).length, found.length)
  }))
}

/** The share of programs that failed by a verdict, of all that did not pass every validation case. */
export interface FailureShare {
  readonly verdict: Verdict
  readonly share: Estimate
}

export const failureShares = (runs: ReadonlyArray<AnalysedRun>): ReadonlyArray<FailureShare> => {
  const failing = ({ failures }: Own) => [...failures.values()].reduce((sum, count) => sum + count, 0)
  return Verdict.literals.flatMap((verdict) =>
    runs.some(({ measures }) => measures.own.failures.has(verdict))
      ? [{ verdict, share: shareOf(runs, ({ failures }) => failures.get(verdict) ?? 0, failing) }]
      : []
  )
}

/** What repairs by the instructions of one writer come to; see `repairSuccess`. */
export interface RepairShares {
  readonly writer: InstructionWriter
  readonly improved: Estimate
  readonly worse: Estimate
  readonly passing: Estimate
  /** Of the instructions, those of which at least one repair is better. */
  readonly helpful: Estimate
}

export const repairShares = (runs: ReadonlyArray<AnalysedRun>): ReadonlyArray<RepairShares> =>
  (["model", "static", "fixed"] as const).flatMap((writer) => {
    if (runs.every(({ measures }) => !measures.own.repairs.has(writer))) return []
    const count = (of: (counts: RepairCounts) => number) => (own: Own) => {
      const counts = own.repairs.get(writer)
      return counts === undefined ? 0 : of(counts)
    }
    const repairs = count((counts) => counts.repairs)
    return [
      {
        writer,
        improved: shareOf(
          runs,
          count(({ improved }) => improved),
          repairs
        ),
        worse: shareOf(
          runs,
          count(({ worse }) => worse),
          repairs
        ),
        passing: shareOf(
          runs,
          count(({ passing }) => passing),
          repairs
        ),
        helpful: shareOf(
          runs,
          count(({ helpful }) => helpful),
          count(({ instructions }) => instructions)
        )
      }
    ]
  })

/** The share of programs whose very text their run had before. */
export const duplicateShare = (runs: ReadonlyArray<AnalysedRun>): Estimate =>
  shareOf(runs, ({ duplicates }) => duplicates)
