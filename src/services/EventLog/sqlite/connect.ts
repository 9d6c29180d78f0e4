import * as Reactivity from "@effect/experimental/Reactivity"
import * as Migrator from "@effect/sql/Migrator"
import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import * as SqliteClient from "@effect/sql-sqlite-node/SqliteClient"
import { Cause, Context, Effect, Layer, Schedule } from "effect"
import log0001 from "../../../../migrations/0001_log.ts"
import { LogFailed, LogRefused } from "../../EventLog.ts"
import { checkWritable, lookAt, schemaVersion } from "./lookAt.ts"

/** The connections to one log file. The writer has one connection with one permit; readers have their own. */
export class LogFile extends Context.Tag("seidr/EventLog/LogFile")<
  LogFile,
  {
    readonly file: string
    readonly reader: SqliteClient.SqliteClient
    /** Absent where the log was opened for reading only. */
    readonly writer: SqliteClient.SqliteClient | undefined
  }
>() {}

/** A busy database is asked again for this long in all; each single wait is short, since it blocks the event loop. */
const patience = Schedule.spaced("25 millis").pipe(Schedule.jittered, Schedule.upTo("20 seconds"))

/** Opens a log for reading and writing, and makes it when it is not there. */
export const layerWriter = (file: string): Layer.Layer<LogFile, LogRefused | LogFailed> =>
  Layer.scoped(
    LogFile,
    Effect.gen(function* () {
      yield* checkWritable(file)
      yield* lookAt(file)
      const writer = yield* open({ filename: file })
      yield* whileBusy(file, "opening it", configure(writer))
      yield* migrate(file, writer)
      const reader = yield* open({ filename: file, readonly: true, disableWAL: true })
      return { file, reader, writer }
    })
  ).pipe(Layer.provide(Reactivity.layer))

/** Opens a log that must be there, for reading only. */
export const layerReader = (file: string): Layer.Layer<LogFile, LogRefused> =>
  Layer.scoped(
    LogFile,
    Effect.gen(function* () {
      const found = yield* lookAt(file)
      if (found !== "log") {
        return yield* new LogRefused({ file, reason: "there is no log yet; `seidr solve` makes one" })
      }
      const reader = yield* open({ filename: file, readonly: true, disableWAL: true })
      return { file, reader, writer: undefined }
    })
  ).pipe(Layer.provide(Reactivity.layer))

/** Turns a failure of the database into one of the log, after asking again while it is busy. */
export const whileBusy = <A, R>(
  file: string,
  doing: string,
  effect: Effect.Effect<A, SqlError, R>
): Effect.Effect<A, LogFailed, R> =>
  effect.pipe(
    Effect.retry({ schedule: patience, while: isBusy }),
    Effect.mapError((error) => new LogFailed({ file, doing, reason: reasonOf(error) }))
  )

export const reasonOf = (error: SqlError): string =>
  error.cause instanceof Error ? error.cause.message : error.message

/** Whether a statement failed because it would break a rule of the schema. */
export const isConstraint = (error: SqlError): boolean => codeOf(error).startsWith("SQLITE_CONSTRAINT")

const isBusy = (error: SqlError): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))

const codeOf = ({ cause }: SqlError): string =>
  typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : ""

/** The client's failure to open is a defect; here it is a refusal. */
const open = (config: SqliteClient.SqliteClientConfig) =>
  SqliteClient.make(config).pipe(
    Effect.catchAllDefect(
      (defect) =>
        new LogRefused({
          file: config.filename,
          reason: `it cannot be opened: ${defect instanceof Error ? defect.message : String(defect)}`
        })
    )
  )

// The driver's default for `synchronous` differs between the first opening and later ones: it is set each time.
const configure = (sql: SqliteClient.SqliteClient) =>
  Effect.forEach(
    ["PRAGMA busy_timeout = 50", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON"],
    (statement) => sql.unsafe(statement),
    { discard: true }
  )

const runMigrations = Migrator.make({})({
  loader: Migrator.fromRecord({ "0001_log": log0001 }),
  table: "migration"
})

/**
 * Several processes may open a new file at once: the loser of that race finds the table or the lock of the winner,
 * and looks again until the newest version is there.
 */
const migrate = (file: string, sql: SqliteClient.SqliteClient): Effect.Effect<void, LogFailed> =>
  Effect.gen(function* () {
    const ran = yield* Effect.exit(Effect.provideService(runMigrations, SqlClient.SqlClient, sql))
    const [row] = yield* sql.unsafe<{ user_version: number }>("PRAGMA user_version")
    if (row?.user_version === schemaVersion) return
    yield* Effect.fail(ran._tag === "Failure" ? Cause.pretty(ran.cause) : "its schema is not complete")
  }).pipe(
    Effect.retry(patience),
    Effect.mapError((error) => new LogFailed({ file, doing: "preparing it", reason: String(error) }))
  )
