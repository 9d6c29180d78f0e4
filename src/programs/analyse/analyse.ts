import { Effect } from "effect"
import type { Prices } from "../../domain/metrics/modelCost.ts"
import { measure } from "../../domain/metrics/run/measure.ts"
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

/**
 * The metrics of some runs of a log. They are read one after the other, and what is kept of one is its figures. A run that
 * is named twice counts once, one that has not ended is only named.
 */
export const analyse = (
  runs: ReadonlyArray<RunSummary>,
  options: AnalyseOptions
): Effect.Effect<Analysis, LogFailed, RunRecords> =>
  Effect.gen(function* () {
    const records = yield* RunRecords
    const unfinished: Array<string> = []
    const measured: Array<MeasuredRun> = []
    const once = new Map(runs.map((run) => [run.runId, run]))
    for (const { runId, label } of [...once.values()].sort(byId)) {
      const record = yield* records.of(runId)
      const measures = record === undefined ? undefined : measure(record, options.prices)
      if (record === undefined || measures === undefined) {
        unfinished.push(runId)
        continue
      }
      const { problem, settings } = record
      const setting = settingOf(record)
      measured.push({ runId, label, problem, seed: settings.seed, setting, measures })
    }
    return analysisOf(measured, unfinished, options)
  })

const byId = (left: RunSummary, right: RunSummary): number => (left.runId < right.runId ? -1 : 1)
