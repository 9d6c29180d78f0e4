import type { Duration, Effect } from "effect"
import type { RunId } from "../domain/ids.ts"
import type { Problem } from "../domain/problem.ts"
import type { Search } from "../domain/search/state.ts"
import type { SearchSettings } from "../domain/settings.ts"
import type { Entry, LogFailed, Stored } from "./EventLog.ts"

/** What the services know of the run that they work for. */
export interface RunContext {
  readonly runId: RunId
  readonly settings: SearchSettings
  readonly problem: Problem
  /** How long a model's endpoint may fail before the run lets go. */
  readonly maxOutage: Duration.Duration
  /** Whether answers of the run's ancestors to the very same requests are taken. */
  readonly adopts: boolean
  readonly append: (
    entries: ReadonlyArray<Entry>,
    texts: ReadonlyArray<string>
  ) => Effect.Effect<ReadonlyArray<Stored>, LogFailed>
}

/** A step to take, for a run, in the state in which it was handed out. */
export interface Task<W> {
  readonly run: RunContext
  readonly work: W
  readonly search: Search
}

/** The position of the last of some events that were just committed. */
export const lastPosition = (events: ReadonlyArray<Stored>): number => events.at(-1)?.pos ?? -1
