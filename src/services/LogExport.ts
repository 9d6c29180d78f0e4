import { Context, type Effect } from "effect"
import type { RunId } from "../domain/ids.ts"
import type { LogFailed } from "./EventLog.ts"
import type { ChainHead } from "./LogAudit.ts"
import type { TransferRefused } from "./TransferRefused.ts"

/** What an archive holds. */
export interface Exported {
  readonly heads: ReadonlyArray<ChainHead>
  readonly events: number
  readonly texts: number
  /** Bytes of the file. */
  readonly bytes: number
}

/** Hands a log out. */
export class LogExport extends Context.Tag("seidr/LogExport")<
  LogExport,
  {
    /**
     * Writes an archive of some runs and all their ancestors, or of all runs, to a file that must not be there: whole,
     * or not at all. A run that is being driven is taken as far as it is committed at the beginning.
     */
    readonly archive: (
      runs: ReadonlyArray<RunId> | undefined,
      out: string
    ) => Effect.Effect<Exported, LogFailed | TransferRefused>
  }
>() {}
