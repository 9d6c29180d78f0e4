import { Context, type Effect } from "effect"
import type { RunId } from "../domain/ids.ts"
import type { LogFailed } from "./EventLog.ts"
import type { RunSummary } from "./RunCatalogue.ts"

/** What the list of runs keeps of a run; where it comes from is lineage, which is no projection. */
export type Listing = Omit<RunSummary, "parent">

/** A run that was not listed as its events say; null where it was not listed, or should not have been. */
export interface Drift {
  readonly run: RunId
  readonly listed: Listing | null
  readonly rebuilt: Listing | null
}

export interface Rebuilt {
  /** Runs that are listed now. */
  readonly runs: number
  /** Events that were folded. */
  readonly events: number
  readonly drifts: ReadonlyArray<Drift>
}

/** What follows from the events of a log and is kept beside them. */
export class Projections extends Context.Tag("seidr/Projections")<
  Projections,
  {
    /**
     * Drops all projections and makes them anew from the events, in one transaction. Fails, with nothing changed, when
     * an event cannot be read. Runs may be driven meanwhile.
     */
    readonly rebuild: Effect.Effect<Rebuilt, LogFailed>
  }
>() {}
