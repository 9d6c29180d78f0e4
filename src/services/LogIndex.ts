import { Context, type Effect } from "effect"
import type { ProgramEvaluated } from "../domain/events.ts"
import type { NodeId, RunId } from "../domain/ids.ts"
import type { LogFailed, Stored } from "./EventLog.ts"

/** Where a run, or one that it goes on from, begins; `node` where it begins at one, and so sees nothing but its path. */
export interface Beginning {
  readonly pos: number
  readonly node: string | null
}

/** Where a run and those that it goes on from begin, and its last position (-1 for a run that is not there). */
export interface Outline {
  /** Of the first run, then of each fork, oldest first. */
  readonly beginnings: ReadonlyArray<Beginning>
  readonly end: number
}

/** Where an event that belongs to a generation stands, and that generation. */
export interface Placed {
  readonly pos: number
  readonly generation: number
}

/**
 * Finds events of a run without reading what lies before them: what a fork needs, at the same cost after a thousand
 * events and after a million. Inherited events are among a run's, as in the log itself.
 */
export class LogIndex extends Context.Tag("seidr/LogIndex")<
  LogIndex,
  {
    readonly outline: (runId: RunId) => Effect.Effect<Outline, LogFailed>
    /** The events between two positions, both among them, as a list: for short stretches. */
    readonly between: (
      runId: RunId,
      from: number,
      to: number
    ) => Effect.Effect<ReadonlyArray<Stored>, LogFailed>
    /** What belongs to a generation between two positions, both among them: for short stretches, without decoding. */
    readonly placed: (
      runId: RunId,
      from: number,
      to: number
    ) => Effect.Effect<ReadonlyArray<Placed>, LogFailed>
    /** The last position at which a call is answered. */
    readonly answered: (runId: RunId, callKey: string) => Effect.Effect<number | undefined, LogFailed>
    /** The first evaluation of a node from a position on; looks at all that lies between, without decoding it. */
    readonly evaluated: (
      runId: RunId,
      node: NodeId,
      from: number
    ) => Effect.Effect<{ readonly pos: number; readonly event: ProgramEvaluated } | undefined, LogFailed>
    /** The largest index of the programs that are written between two positions; looks at all of them. */
    readonly largestIndex: (
      runId: RunId,
      from: number,
      to: number
    ) => Effect.Effect<number | undefined, LogFailed>
  }
>() {}
