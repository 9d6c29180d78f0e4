import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodePath from "@effect/platform-node/NodePath"
import { Context, Effect, Layer } from "effect"
import { slurmIds } from "../domain/wandb/config.ts"
import * as Asking from "../services/Asking.ts"
import * as Critics from "../services/Critics/layer.ts"
import * as DataSets from "../services/DataSets/layer.ts"
import { layerSqlite } from "../services/EvaluationCache/sqlite.ts"
import * as EvaluationCache from "../services/EvaluationCache.ts"
import { layerLogAudit } from "../services/EventLog/sqlite/audit.ts"
import { layerLogBackup } from "../services/EventLog/sqlite/backup.ts"
import { layerLogCompaction } from "../services/EventLog/sqlite/compact.ts"
import { layerReader, layerWriter } from "../services/EventLog/sqlite/connect.ts"
import { layerEventLog } from "../services/EventLog/sqlite/eventLog.ts"
import { layerLeases } from "../services/EventLog/sqlite/leases.ts"
import { layerLogExport } from "../services/EventLog/sqlite/logExport.ts"
import { layerLogImport } from "../services/EventLog/sqlite/logImport.ts"
import { layerLogIndex } from "../services/EventLog/sqlite/logIndex.ts"
import { layerProjections as layerSqliteProjections } from "../services/EventLog/sqlite/projections.ts"
import { layerRunRecords } from "../services/EventLog/sqlite/runRecords.ts"
import { layerRunCatalogue } from "../services/EventLog/sqlite/summaries.ts"
import * as Git from "../services/Git/layer.ts"
import * as HiddenCases from "../services/HiddenCases/layer.ts"
import { ollama } from "../services/LanguageModel/ollama.ts"
import { openai } from "../services/LanguageModel/openai.ts"
import { router } from "../services/LanguageModel/router.ts"
import { simulated } from "../services/LanguageModel/simulated.ts"
import { tape } from "../services/LanguageModel/tape.ts"
import { LanguageModel, type ModelAdapter } from "../services/LanguageModel.ts"
import * as ProblemSource from "../services/ProblemSource/layer.ts"
import * as ReferencePrograms from "../services/ReferencePrograms/layer.ts"
import * as Ring from "../services/Ring.ts"
import * as RunIds from "../services/RunIds.ts"
import { compiledBeside } from "../services/Sandbox/compiledFolder.ts"
import { headersBeside } from "../services/Sandbox/headers.ts"
import * as Sandbox from "../services/Sandbox/layer.ts"
import { Sinks } from "../services/Sinks.ts"
import * as Slurm from "../services/Slurm/layer.ts"
import { layerTapesSqlite } from "../services/Tapes/sqlite.ts"
import * as Traces from "../services/Traces/otlp.ts"
import * as Wandb from "../services/Wandb/layer.ts"
import { Wandb as WandbClient } from "../services/Wandb.ts"
import type { Configuration, WandbConfiguration } from "./configuration.ts"
import { gitSink } from "./exportGit/gitSink.ts"
import { metricsAt } from "./exportGit/metrics.ts"
import type { TracesSettings } from "./traces/settings.ts"
import { tracesSink } from "./traces/sink.ts"
import { version } from "./version.ts"
import { wandbSink } from "./wandb/sink.ts"

/** Problems, by name and by file. */
export const layerProblems = Layer.mergeAll(ProblemSource.layer, HiddenCases.layer).pipe(
  Layer.provide(Layer.merge(NodeFileSystem.layer, NodePath.layer))
)

/** Files of data sets, here and where they are published. */
export const layerDataSets = Layer.provide(DataSets.layer, FetchHttpClient.layer)

/** The solutions of built-in problems, which only their verification sees. */
export const layerReferences = ReferencePrograms.layer.pipe(
  Layer.provide(Layer.merge(NodeFileSystem.layer, NodePath.layer))
)

/**
 * The families of models, each by one line; `more` adds to them or takes their place, by prefix.
 */
export const layerModels = (
  configuration: Configuration,
  more: Readonly<Record<string, ModelAdapter>> = {}
): Layer.Layer<LanguageModel> =>
  Layer.scoped(
    LanguageModel,
    Effect.gen(function* () {
      const { silence } = configuration
      const families = {
        simulated,
        openai: yield* openai({ ...configuration.openai, silence }),
        ollama: yield* ollama({ host: configuration.ollamaHost, silence }),
        ...more
      }
      // A tape asks the other families for what it does not hold.
      const taped = yield* Effect.provideService(tape, LanguageModel, router(families))
      return router({ ...families, tape: taped, ...more })
    })
  ).pipe(Layer.provide(layerTapesSqlite(configuration.database)))

/** Where programs run, and the critics that judge them. */
export const layerSandbox = ({ unconfined, executions, environment, cache, sandbox }: Configuration) =>
  Layer.merge(
    Critics.layer({ environment }),
    Sandbox.layer({
      unconfined,
      environment,
      lanes: executions,
      ...(sandbox === undefined ? {} : { setting: sandbox }),
      ...(cache === undefined ? {} : { headers: headersBeside(cache), compiled: compiledBeside(cache) })
    })
  )

/** Evaluations of earlier runs. */
export const layerCache = ({ cache }: Pick<Configuration, "cache">) =>
  cache === undefined ? EvaluationCache.layerNone : layerSqlite({ file: cache })

/** The log, opened for writing; it is made when it is not there. */
export const layerLog = ({
  database,
  allowNetworkFileSystem = false
}: Pick<Configuration, "database" | "allowNetworkFileSystem">) =>
  Layer.mergeAll(layerEventLog, layerLogIndex, layerRunCatalogue, layerLeases).pipe(
    Layer.provide(layerWriter(database, { allowNetworkFileSystem }))
  )

/** The log, opened for reading; it has to be there. */
export const layerLogReader = ({ database }: Pick<Configuration, "database">) =>
  Layer.mergeAll(layerEventLog, layerLogIndex, layerRunCatalogue, layerLeases).pipe(
    Layer.provide(layerReader(database))
  )

/** The log as an auditor reads it; it has to be there. */
export const layerAudit = ({ database }: Pick<Configuration, "database">) =>
  layerLogAudit.pipe(Layer.provide(layerReader(database)))

/** What copies the log; it has to be there. */
export const layerBackup = ({ database }: Pick<Configuration, "database">) =>
  layerLogBackup.pipe(Layer.provide(layerReader(database)))

/** What makes a log smaller. */
export const layerCompaction = ({
  database,
  allowNetworkFileSystem = false
}: Pick<Configuration, "database" | "allowNetworkFileSystem">) =>
  Layer.merge(layerLogCompaction, layerRunCatalogue).pipe(
    Layer.provide(layerWriter(database, { allowNetworkFileSystem }))
  )

/** What follows from the log's events and is kept beside them, for who makes it anew. */
export const layerProjections = ({
  database,
  allowNetworkFileSystem = false
}: Pick<Configuration, "database" | "allowNetworkFileSystem">) =>
  layerSqliteProjections.pipe(Layer.provide(layerWriter(database, { allowNetworkFileSystem })))
/** The log as it is handed out; it has to be there. */
export const layerExport = ({ database }: Pick<Configuration, "database">) =>
  Layer.merge(layerLogExport, layerRunCatalogue).pipe(Layer.provide(layerReader(database)))

/** The user's git. */
export const layerGit = ({ environment }: Pick<Configuration, "environment">) => Git.layer(environment)

/** The user's Slurm. */
export const layerSlurm = Slurm.layer

/** What takes runs over into the log, which is made when it is not there. */
export const layerImport = ({
  database,
  allowNetworkFileSystem = false
}: Pick<Configuration, "database" | "allowNetworkFileSystem">) =>
  layerLogImport(database, { allowNetworkFileSystem })
/** The log as metrics read it; it has to be there. */
export const layerMetrics = ({ database }: Pick<Configuration, "database">) =>
  Layer.merge(layerRunRecords, layerRunCatalogue).pipe(Layer.provide(layerReader(database)))

/** The log as reports read it: what metrics read, and texts. */
export const layerReport = ({ database }: Pick<Configuration, "database">) =>
  Layer.mergeAll(layerRunRecords, layerRunCatalogue, layerEventLog).pipe(Layer.provide(layerReader(database)))

/** The five services and what links them. */
export const layerRing = (configuration: Pick<Configuration, "capacity" | "concurrency" | "executions">) =>
  Ring.layer(configuration.capacity).pipe(
    Layer.provide(Ring.layerActors(configuration)),
    Layer.provide(Asking.layer(configuration.concurrency))
  )

/** All that judges and asks, but no log: enough to prepare a run. */
export const layerOutside = (
  configuration: Configuration,
  more: Readonly<Record<string, ModelAdapter>> = {}
) =>
  Layer.mergeAll(
    layerProblems,
    layerModels(configuration, more),
    layerSandbox(configuration),
    layerCache(configuration)
  )

/** The client of Weights & Biases. */
export const layerWandb = (
  { apiKey, baseUrl, python }: WandbConfiguration,
  { environment }: Pick<Configuration, "environment">
) => Wandb.layer({ apiKey, baseUrl, python, environment })

/** What a sink cannot do without is there before the log is opened, or nothing begins. */
const clientsOf = (configuration: Configuration) =>
  configuration.wandb === undefined
    ? Effect.succeed(undefined)
    : Layer.build(layerWandb(configuration.wandb, configuration))

/** A collector of OpenTelemetry. */
const layerTraces = ({ headers, service, url }: TracesSettings) =>
  Traces.layer({ headers, url, resource: { service, version } }).pipe(Layer.provide(FetchHttpClient.layer))

/** Where this process shows its runs while they go on, each by one line. */
const layerSinks = (configuration: Configuration, clients: Context.Context<WandbClient> | undefined) => {
  const { database, environment, git, traces, wandb } = configuration
  const where = ` --db ${database}`
  const slurm = slurmIds(environment)
  const metrics = clients === undefined ? undefined : metricsAt(Context.get(clients, WandbClient).addressOf)
  const sinks = [
    ...(git === undefined ? [] : [gitSink(git, { where, metrics })]),
    ...(wandb === undefined || clients === undefined
      ? []
      : [Effect.provide(wandbSink({ project: wandb.project, slurm }, { where }), clients)]),
    ...(traces === undefined
      ? []
      : [Effect.flatMap(Layer.build(layerTraces(traces)), (built) => Effect.provide(tracesSink(), built))])
  ]
  return Layer.scoped(Sinks, Effect.all(sinks)).pipe(
    Layer.provide(Layer.merge(layerGit(configuration), NodeFileSystem.layer))
  )
}

/** What drives runs: the log, the ring upon it and who is told of them. */
export const layerRuns = (configuration: Configuration) =>
  Layer.unwrapScoped(
    Effect.map(clientsOf(configuration), (clients) =>
      Layer.merge(layerRing(configuration), layerSinks(configuration, clients)).pipe(
        Layer.provideMerge(Layer.merge(layerLog(configuration), RunIds.layer))
      )
    )
  )

/** Everything. */
export const layer = (configuration: Configuration, more: Readonly<Record<string, ModelAdapter>> = {}) =>
  Layer.provideMerge(layerRuns(configuration), layerOutside(configuration, more))
