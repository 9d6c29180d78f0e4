import { Context, type Effect } from "effect"
import type { RunId } from "../domain/ids.ts"
import type { Format } from "./EventLog/tables/format.ts"
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

/** The read models that can be handed out; see `docs/analysis.md`. */
export const tableNames = ["runs", "nodes", "calls", "cases", "decisions"] as const
export type TableName = (typeof tableNames)[number]

/** Tables of some runs (their own rows), or of all. */
export interface TablesWanted {
  readonly runs: ReadonlyArray<RunId> | undefined
  readonly format: Format
  /** One table, to the file `out`; undefined for all, each to a file of its name in the folder `out`. */
  readonly table: TableName | undefined
  readonly out: string
}

/** A file that was made. */
export interface TableFile {
  readonly table: TableName
  readonly file: string
  readonly rows: number
}

/** Hands a log out, to files that must not be there: each is made whole, or not at all. */
export class LogExport extends Context.Tag("seidr/LogExport")<
  LogExport,
  {
    /**
     * Writes an archive of some runs and all their ancestors, or of all runs. A run that is being driven is taken as
     * far as it is committed at the beginning.
     */
    readonly archive: (
      runs: ReadonlyArray<RunId> | undefined,
      out: string
    ) => Effect.Effect<Exported, LogFailed | TransferRefused>
    /** Writes read models, all as they are at one moment. */
    readonly tables: (
      wanted: TablesWanted
    ) => Effect.Effect<ReadonlyArray<TableFile>, LogFailed | TransferRefused>
  }
>() {}
