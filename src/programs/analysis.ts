import { Effect, Stream } from "effect"
import type { HiddenScored, SearchEnded } from "../domain/events.ts"
import type { RunId } from "../domain/ids.ts"
import { type Logged, readModelsOf } from "../domain/readModels/readModelsOf.ts"
import type { ReadModels } from "../domain/readModels/records.ts"
import type { SearchSettings } from "../domain/settings.ts"
import { type Projection, projectRun } from "../services/EventLog/runProjection.ts"
import { EventLog, type LogFailed, type Origin } from "../services/EventLog.ts"

/** What a run was made with and what came of it; what it has not reached is null. */
export interface RunRecord extends Projection {
  readonly parent: Origin | null
  readonly settings: SearchSettings
  /** The search's own account: generations, what was used, surplus and digest; null while it is not over. */
  readonly ended: Omit<SearchEnded, "_tag"> | null
  readonly hidden: Omit<HiddenScored, "_tag"> | null
  readonly finishedAt: number | null
  /** Events of its own. */
  readonly events: number
}

export interface Analysis extends ReadModels {
  readonly run: RunRecord
}

export interface AnalysisOptions {
  /** Whether what a fork sees of its ancestors is among the rows; default false, as in the views. */
  readonly inherited?: boolean
}

/**
 * A run as arrays of plain records: the run itself, its nodes, calls, cases and decisions, the same as the rows of the
 * log's views (see `docs/analysis.md`). Undefined when there is no such run. It holds the whole run in memory.
 */
export const analysis = (
  runId: RunId,
  { inherited = false }: AnalysisOptions = {}
): Effect.Effect<Analysis | undefined, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const events: Array<Logged> = []
    yield* Stream.runForEach(log.read(runId), (event) => Effect.sync(() => events.push(event)))
    const own = events.filter((event) => event.runId === runId)
    const run = runOf(own)
    return run === undefined ? undefined : { run, ...readModelsOf(inherited ? events : own) }
  })

const runOf = (events: ReadonlyArray<Logged>): RunRecord | undefined => {
  let projection: Projection | undefined
  let settings: SearchSettings | undefined
  let parent: Origin | null = null
  let ended: RunRecord["ended"] = null
  let hidden: RunRecord["hidden"] = null
  let finishedAt: number | null = null
  for (const logged of events) {
    const { event } = logged
    projection = projectRun(projection, logged)
    if (event._tag === "RunStarted") settings ??= event.settings
    if (event._tag === "RunForked") {
      settings ??= event.settings
      parent ??= { parent: event.parent, position: event.position }
    }
    if (event._tag === "SearchEnded") ended = fieldsOf(event)
    if (event._tag === "HiddenScored") hidden = fieldsOf(event)
    if (event._tag === "RunFinished") finishedAt = logged.at
  }
  return projection === undefined || settings === undefined
    ? undefined
    : { ...projection, parent, settings, ended, hidden, finishedAt, events: events.length }
}

const fieldsOf = <E extends SearchEnded | HiddenScored>({ _tag: _, ...fields }: E) => fields
