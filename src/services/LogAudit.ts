import { Context, type Effect } from "effect"
import type { RunId } from "../domain/ids.ts"
import type { LogFailed } from "./EventLog.ts"

/** Something in a log that is not as it has to be. `run` and `pos` say where, as far as it has a place. */
export interface Finding {
  readonly run: RunId | null
  readonly pos: number | null
  readonly what: string
}

/** What is found of a run whose projection is not what its events make of it; the events may all be right. */
export const listedOtherwise =
  "the list of runs does not show what its events say; `seidr rebuild` makes it anew"

/** The end of a run's chain: its last position, and the hash that stands for all of its events. */
export interface ChainHead {
  readonly run: RunId
  readonly pos: number
  readonly hash: string
}

export interface Audit {
  readonly heads: ReadonlyArray<ChainHead>
  /** Events and texts that were looked at. */
  readonly events: number
  readonly texts: number
  /** Texts that are named, and were taken out on purpose. */
  readonly redacted: number
  readonly findings: ReadonlyArray<Finding>
}

/** Looks at a log as it is stored, row by row, and repairs nothing. */
export class LogAudit extends Context.Tag("seidr/LogAudit")<
  LogAudit,
  {
    /**
     * The file's structure, the chain and the positions of one run or of all, every text's hash, that every named text
     * is there, that lineage is a forest, and that the projections are what the events make of them.
     */
    readonly audit: (only: RunId | undefined) => Effect.Effect<Audit, LogFailed>
    /** The hash of a run's chain at a position, inherited ones included; undefined where it does not reach. */
    readonly linkAt: (runId: RunId, pos: number) => Effect.Effect<string | undefined, LogFailed>
  }
>() {}
