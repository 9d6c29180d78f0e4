import { Effect } from "effect"
import type { Prices } from "../../domain/metrics/modelCost.ts"
import { measure } from "../../domain/metrics/run/measure.ts"
import type { RunRecord } from "../../domain/metrics/run/record.ts"
import { settingOf } from "../../domain/metrics/setting.ts"
import {
  type Analysis,
  type AnalysisOptions,
  analysisOf,
  type MeasuredRun
} from "../../domain/metrics/summary/analysis.ts"
import type { LogFailed } from "../../services/EventLog.ts"
import type { RunSummary } from "../../services/RunCatalogue.ts"
import { RunRecords } from "../../services/RunRecords.ts"

export interface AnalyseOptions extends AnalysisOptions {
  readonly prices: Prices
}

/** What is told of a run beside its figures: what it was made with, on which cases, and what it came to. */
export type Provenance = Pick<RunRecord, "problem" | "environment" | "ended">

export interface Reading {
  readonly measured: ReadonlyArray<MeasuredRun>
  /** Runs that have not ended. */
  readonly unfinished: ReadonlyArray<RunSummary>
  readonly provenance: ReadonlyMap<string, Provenance>
}

/**
 * Some runs of a log with their figures, in order of their ids. They are read one after the other, and what is kept of one
 * is little. A run that is named twice counts once, one that has not ended is only named.
 */
export const measuredRuns = (
  runs: ReadonlyArray<RunSummary>,
  prices: Prices
): Effect.Effect<Reading, LogFailed, RunRecords> =>
  Effect.gen(function* () {
    const records = yield* RunRecords
    const unfinished: Array<RunSummary> = []
    const measured: Array<MeasuredRun> = []
    const provenance = new Map<string, Provenance>()
    const once = new Map(runs.map((run) => [run.runId, run]))
    for (const run of [...once.values()].sort(byId)) {
      const { runId, label } = run
      const record = yield* records.of(runId)
      const measures = record === undefined ? undefined : measure(record, prices)
      if (record === undefined || measures === undefined) {
        unfinished.push(run)
        continue
      }
      const { ended, environment, problem, settings } = record
      provenance.set(runId, { ended, environment, problem })
      measured.push({ runId, label, problem, seed: settings.seed, setting: settingOf(record), measures })
    }
    return { measured, unfinished, provenance }
  })

/** The metrics of some runs of a log; see `measuredRuns`. */
export const analyse = (
  runs: ReadonlyArray<RunSummary>,
  options: AnalyseOptions
): Effect.Effect<Analysis, LogFailed, RunRecords> =>
  Effect.map(measuredRuns(runs, options.prices), ({ measured, unfinished }) =>
    analysisOf(
      measured,
      unfinished.map(({ runId }) => runId),
      options
    )
  )

const byId = (left: RunSummary, right: RunSummary): number => (left.runId < right.runId ? -1 : 1)
