import { Context, type Effect, Schema } from "effect"
import { RunId } from "../domain/ids.ts"
import type { LogFailed, LogRefused } from "./EventLog.ts"
import type { RunHeld } from "./Leases.ts"
import type { TransferRefused } from "./TransferRefused.ts"

/** What became of a run: it is new here, has got longer here, or is known here as far, or further. */
export interface TakenOver {
  readonly run: RunId
  readonly outcome: "added" | "extended" | "known"
  /** Events that were added. */
  readonly events: number
}

/** Two runs have one id and different pasts; nothing was written. */
export class RunsDiffer extends Schema.TaggedError<RunsDiffer>()("RunsDiffer", {
  run: RunId,
  /** The first position at which they differ. */
  pos: Schema.NonNegativeInt,
  left: Schema.String,
  right: Schema.String
}) {
  override get message(): string {
    return `run ${this.run} is another one in ${this.left} and in ${this.right}: they differ from position ${this.pos} on; nothing was written`
  }
}

export type ImportError = TransferRefused | RunsDiffer | RunHeld | LogFailed | LogRefused

/**
 * Takes runs over into a log, which is made when it is not there. All that comes is checked before anything is
 * written: rows, chains, hashes of texts. Then everything is committed at once, or nothing.
 */
export class LogImport extends Context.Tag("seidr/LogImport")<
  LogImport,
  {
    /** From an archive, which may come from a stranger. */
    readonly fromArchive: (archive: string) => Effect.Effect<ReadonlyArray<TakenOver>, ImportError>
    /** From other logs, which are opened for reading only. */
    readonly fromLogs: (logs: ReadonlyArray<string>) => Effect.Effect<ReadonlyArray<TakenOver>, ImportError>
  }
>() {}
