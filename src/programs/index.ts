/**
 * The library. `solve` is an Effect over services that can be swapped; `solvePromise` is the same with everything
 * provided, for who does not use Effect.
 */
import { Effect } from "effect"
import type { StepError } from "../services/Actor.ts"
import type { Critics } from "../services/Critics.ts"
import type { EvaluationCache } from "../services/EvaluationCache.ts"
import type { EventLog } from "../services/EventLog.ts"
import type { HiddenCases } from "../services/HiddenCases.ts"
import type { LanguageModel, ModelAdapter } from "../services/LanguageModel.ts"
import type { Leases, RunHeld } from "../services/Leases.ts"
import type { ProblemInvalid, ProblemSource } from "../services/ProblemSource.ts"
import type { Ring } from "../services/Ring.ts"
import type { RunIds } from "../services/RunIds.ts"
import type { Sandbox } from "../services/Sandbox.ts"
import { type Configuration, configurationFrom } from "./configuration.ts"
import type { Observer } from "./drive.ts"
import { layer } from "./layers.ts"
import { begin } from "./solve/begin.ts"
import type { RunStopped } from "./solve/conduct.ts"
import { type OptionInvalid, requestOf, type SolveOptions } from "./solve/options.ts"
import { prepare } from "./solve/prepare.ts"
import type { SolveResult } from "./solve/result.ts"

export type { Event, Recorded } from "../domain/events.ts"
export { bestSoFar, type Reached, valueAt } from "../domain/metrics/bestSoFar.ts"
export {
  bootstrap,
  meanOf,
  percentile,
  resamples,
  type Statistic,
  together
} from "../domain/metrics/bootstrap.ts"
export { type Cluster, clusteredShare } from "../domain/metrics/clusteredShare.ts"
export { duplicates } from "../domain/metrics/duplicates.ts"
export { atEqualEffort, type Spent } from "../domain/metrics/equalEffort.ts"
export type { Estimate } from "../domain/metrics/estimate.ts"
export { excessPrograms } from "../domain/metrics/excessPrograms.ts"
export { failureOf } from "../domain/metrics/failure.ts"
export { holm } from "../domain/metrics/holm.ts"
export { costOf, type Price, type Prices } from "../domain/metrics/modelCost.ts"
export {
  type Pair,
  type PairedComparison,
  pairedComparison,
  type Verdict,
  verdictsOf
} from "../domain/metrics/pairedComparison.ts"
export { passAtK } from "../domain/metrics/passAtK.ts"
export { type Repair, type RepairCounts, repairSuccess } from "../domain/metrics/repairSuccess.ts"
export { measure, type RunMeasures } from "../domain/metrics/run/measure.ts"
export type { RunRecord } from "../domain/metrics/run/record.ts"
export { type Measured, type Recorder, recorder } from "../domain/metrics/run/recorder.ts"
export { signTest } from "../domain/metrics/signTest.ts"
export { type Effort, solvedWithin } from "../domain/metrics/solvedWithin.ts"
export type { Analysis } from "../domain/metrics/summary/analysis.ts"
export type { Summary } from "../domain/metrics/summary/summarise.ts"
export { testPassRate } from "../domain/metrics/testPassRate.ts"
export { wilson } from "../domain/metrics/wilson.ts"
export type {
  CallRecord,
  CaseRecord,
  DecisionRecord,
  NodeRecord
} from "../domain/readModels/records.ts"
export type { Page } from "../domain/report/page.ts"
export type { ModelRequest } from "../domain/request.ts"
export { CriticFailed, Critics } from "../services/Critics.ts"
export { EvaluationCache } from "../services/EvaluationCache.ts"
export { EventLog, LogFailed, LogRefused } from "../services/EventLog.ts"
export { HiddenCases } from "../services/HiddenCases.ts"
export { scripted } from "../services/LanguageModel/scripted.ts"
export {
  LanguageModel,
  type ModelAdapter,
  type ModelAnswer,
  type ModelCall,
  ModelMisconfigured,
  ModelRefused,
  ModelUnavailable,
  NotOnTape
} from "../services/LanguageModel.ts"
export { Leases, RunHeld } from "../services/Leases.ts"
export { type Exported, LogExport, type TableFile, type TablesWanted } from "../services/LogExport.ts"
export { LogImport, RunsDiffer, type TakenOver } from "../services/LogImport.ts"
export { ProblemInvalid, ProblemSource } from "../services/ProblemSource.ts"
export { RunCatalogue } from "../services/RunCatalogue.ts"
export { RunRecords } from "../services/RunRecords.ts"
export { Sandbox, SandboxFailed, SandboxUnavailable, ToolchainMissing } from "../services/Sandbox.ts"
export { TransferRefused } from "../services/TransferRefused.ts"
export { type AnalyseOptions, analyse } from "./analyse/analyse.ts"
export {
  type Analysis as RunTables,
  type AnalysisOptions as RunTablesOptions,
  analysis as runTables,
  type RunRecord as RunRow
} from "./analysis.ts"
export { type Configuration, configurationFrom } from "./configuration.ts"
export { diff, type RunDiff } from "./diff/diff.ts"
export type { Observer } from "./drive.ts"
export { layer, layerExport, layerImport, layerLogReader, layerMetrics, layerReport } from "./layers.ts"
export { type Replayed, replay } from "./replay/replay.ts"
export { type Report, type ReportOptions, report } from "./report/report.ts"
export { RunStopped } from "./solve/conduct.ts"
export { OptionInvalid, SolveOptions } from "./solve/options.ts"
export type { SolveResult } from "./solve/result.ts"

/** Everything that can end a solve without a result. */
export type SolveError = StepError | ProblemInvalid | OptionInvalid | RunHeld | RunStopped

/** The services that a solve needs; `layer` provides them all. */
export type SolveServices =
  | Critics
  | EvaluationCache
  | EventLog
  | HiddenCases
  | LanguageModel
  | Leases
  | ProblemSource
  | Ring
  | RunIds
  | Sandbox

const ignore: Observer = () => Effect.void

/**
 * Searches for a program that solves a problem, and scores the best one on the hidden cases. The result says whether
 * it is `solved`; an unsolved problem is not an error. `observe` is told of every event, in order.
 */
export const solve = (
  options: SolveOptions,
  observe: Observer = ignore
): Effect.Effect<SolveResult, SolveError, SolveServices> =>
  Effect.gen(function* () {
    const request = yield* requestOf(options)
    const prepared = yield* prepare(request)
    return yield* begin(prepared, observe, () => Effect.void)
  })

export interface PromiseOptions {
  /** The log's file; default `seidr.db` in the working directory, or `SEIDR_DB`. */
  readonly database?: string
  /** Further families of models by their prefix, such as one of your own. */
  readonly models?: Readonly<Record<string, ModelAdapter>>
  /** Requests to models at the same time, from 1 to 256; default 8. */
  readonly concurrency?: number
  /** Aborting it interrupts the search, which can be resumed. */
  readonly signal?: AbortSignal
  readonly observe?: Observer
}

/** The same as a Promise, with everything provided. It rejects with one of `SolveError`. */
export const solvePromise = (options: SolveOptions, given: PromiseOptions = {}): Promise<SolveResult> => {
  const { database, models, concurrency, signal, observe } = given
  const program = Effect.gen(function* () {
    const configuration: Configuration = yield* configurationFrom(process.env, {
      database,
      concurrency,
      data: options.data
    })
    return yield* Effect.provide(
      solve({ ...options, data: configuration.data }, observe),
      layer(configuration, models)
    )
  })
  return Effect.runPromise(program, signal === undefined ? {} : { signal })
}
