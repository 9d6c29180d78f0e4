import { statSync } from "node:fs"
import { resolve } from "node:path"
import * as Reactivity from "@effect/experimental/Reactivity"
import * as SqliteClient from "@effect/sql-sqlite-node/SqliteClient"
import { Context, Effect, Layer } from "effect"
import type { RunId } from "../../../domain/ids.ts"
import { type LogFailed, LogRefused } from "../../EventLog.ts"
import { type Connection, connectionTo } from "./connection.ts"
import { atOnce, whileBusy } from "./failure.ts"
import { identityOf, noteOpen } from "./header.ts"
import { checkWritable, folderOf, lookAt } from "./lookAt.ts"
import { migrate } from "./migrate.ts"
import { networkFileSystemOf, type StatFs } from "./networkFileSystem.ts"

/** What a log that is written has more. */
export interface Writable {
  /** The one connection that appends. */
  readonly connection: Connection
  /** For all else that is written: leases, and what is done rarely. */
  readonly sql: SqliteClient.SqliteClient
  /** The runs that this process holds, with the epochs of its leases; who has lost its lease must not append. */
  readonly held: Map<RunId, number>
  /** Whether the file that was opened is still the one by its name. */
  readonly isInPlace: () => boolean
}

/** The connections to one log file. Who appends has one of its own, and so have readers. */
export class LogFile extends Context.Tag("seidr/EventLog/LogFile")<
  LogFile,
  {
    readonly file: string
    /** Reads events and texts. */
    readonly reading: Connection
    /** Reads all else. */
    readonly reader: SqliteClient.SqliteClient
    /** Absent where the log was opened for reading only. */
    readonly writer: Writable | undefined
  }
>() {}

export interface WriterOptions {
  /** Opens a log on a network file system too, where its locks may not hold. */
  readonly allowNetworkFileSystem?: boolean
  readonly statFs?: StatFs
}

/** Opens a log for reading and writing, and makes it when it is not there. */
export const layerWriter = (
  file: string,
  options: WriterOptions = {}
): Layer.Layer<LogFile, LogRefused | LogFailed> =>
  Layer.scoped(
    LogFile,
    Effect.gen(function* () {
      yield* checkWritable(file)
      if (options.allowNetworkFileSystem !== true) yield* checkFileSystem(file, options.statFs)
      yield* lookAt(file)
      const sql = yield* open(file, {})
      yield* prepare(file, sql)
      const opened = identityAt(file)
      const connection = yield* connect(file, "writing")
      const reading = yield* connect(file, "reading")
      const reader = yield* open(file, { readonly: true })
      return {
        file,
        reading,
        reader,
        writer: { connection, sql, held: new Map(), isInPlace: () => identityAt(file) === opened }
      }
    })
  ).pipe(Layer.provide(Reactivity.layer))

/** Opens a log that must be there, for reading only. */
export const layerReader = (file: string): Layer.Layer<LogFile, LogRefused | LogFailed> =>
  Layer.scoped(
    LogFile,
    Effect.gen(function* () {
      if ((yield* lookAt(file)) !== "log") {
        return yield* new LogRefused({
          file,
          reason: "there is no log yet; `seidr solve` makes one, and --db names another file"
        })
      }
      const reader = yield* open(file, { readonly: true })
      const reading = yield* connect(file, "reading")
      return { file, reading, reader, writer: undefined }
    })
  ).pipe(Layer.provide(Reactivity.layer))

const checkFileSystem = (file: string, statFs: StatFs | undefined): Effect.Effect<void, LogRefused> =>
  Effect.suspend(() => {
    const name = networkFileSystemOf(folderOf(file), statFs)
    return name === undefined
      ? Effect.void
      : new LogRefused({
          file,
          reason: `it is on a network file system (${name}), where several machines could write it at once and damage it; name a file on a local disk with --db, or insist with SEIDR_NETWORK_LOG=allow`
        })
  })

/**
 * The client keeps prepared statements, and failures to prepare one as well: one that fails while another process
 * holds the file would go on failing for minutes. What is first run on a connection is therefore not kept; it reads
 * the schema, without which nothing can be prepared.
 */
const unprepared = (sql: SqliteClient.SqliteClient, statement: string) =>
  sql.unsafe<Record<string, unknown>>(statement).unprepared

/** An absolute path is opened: SQLite would take some names for a log in memory, or for an address. */
const open = (file: string, config: Omit<SqliteClient.SqliteClientConfig, "filename">) =>
  SqliteClient.make({ ...config, filename: resolve(file), disableWAL: true }).pipe(
    // The client's failure to open is a defect; here it is a refusal.
    Effect.catchAllDefect(
      (defect) =>
        new LogRefused({
          file,
          reason: `it cannot be opened (${defect instanceof Error ? defect.message : String(defect)}); name another with --db`
        })
    ),
    Effect.tap(() => {
      const identity = identityAt(file)
      if (identity === undefined) return Effect.void
      const forget = noteOpen(identity)
      return Effect.addFinalizer(() => Effect.sync(forget))
    }),
    Effect.tap((sql) => whileBusy(file, "opening it", unprepared(sql, "SELECT count(*) FROM sqlite_schema")))
  )

/** A connection to a log that is open already. */
const connect = (file: string, use: "reading" | "writing") =>
  Effect.acquireRelease(
    whileBusy(
      file,
      "opening it",
      atOnce(() => {
        const connection = connectionTo(resolve(file), use)
        if (use === "writing") {
          connection.ask("PRAGMA synchronous = FULL")
          connection.ask("PRAGMA foreign_keys = ON")
        }
        return connection
      })
    ),
    (connection) => Effect.sync(connection.close)
  )

/**
 * The schema comes before WAL, see `migrate`. The driver's default for `synchronous` differs between the first opening
 * and later ones: it is set each time.
 */
const prepare = (file: string, sql: SqliteClient.SqliteClient) =>
  Effect.gen(function* () {
    const run = (statement: string) => whileBusy(file, "opening it", unprepared(sql, statement))
    yield* run("PRAGMA busy_timeout = 50")
    yield* run("PRAGMA synchronous = FULL")
    yield* run("PRAGMA foreign_keys = ON")
    yield* whileBusy(file, "making its tables", migrate(sql))
    const modeOf = (statement: string) => Effect.map(run(statement), ([row]) => row?.["journal_mode"])
    if ((yield* modeOf("PRAGMA journal_mode")) === "wal") return
    // Who waits here holds a shared lock, and the change needs an exclusive one: several that wait would wait for ever.
    yield* run("PRAGMA busy_timeout = 0")
    const mode = yield* modeOf("PRAGMA journal_mode = WAL")
    yield* run("PRAGMA busy_timeout = 50")
    if (mode === "wal") return
    return yield* new LogRefused({
      file,
      reason:
        "its file system cannot hold a log (SQLite has no WAL there); name a file on a local disk with --db"
    })
  })

const identityAt = (file: string): string | undefined => {
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats === undefined ? undefined : identityOf(stats)
}
