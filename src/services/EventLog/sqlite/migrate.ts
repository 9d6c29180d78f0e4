import type { SqlError } from "@effect/sql/SqlError"
import type { SqliteClient } from "@effect/sql-sqlite-node/SqliteClient"
import { Effect } from "effect"
import { log0001 } from "../../../../migrations/0001_log.ts"
import { views0002 } from "../../../../migrations/0002_views.ts"
import { redacted0003 } from "../../../../migrations/0003_redacted.ts"
import { storedOnce0004 } from "../../../../migrations/0004_storedOnce.ts"
import { type Run, transact } from "./transaction.ts"

/** Marks a file as a log of seidr. */
export const applicationId = 0x5e1d_2001

/** The statements that lead from each version of the schema to the next. */
export const migrations: ReadonlyArray<ReadonlyArray<string>> = [
  log0001,
  views0002,
  redacted0003,
  storedOnce0004
]

/** The newest schema that this version knows. */
export const schemaVersion = migrations.length

/**
 * Brings the schema up to the newest version, all in one transaction: a file has no log, or a whole one. Several
 * processes may do so at once; who comes later finds nothing to do. On a new file it must run before WAL is turned
 * on, so that from the first page on the file itself says whose it is.
 */
export const migrate = (sql: SqliteClient): Effect.Effect<void, SqlError> =>
  Effect.gen(function* () {
    // Looked at first without the write lock: mostly there is nothing to do.
    if ((yield* versionOf((statement) => sql.unsafe(statement))) >= schemaVersion) return
    yield* transact(sql, bringUp)
  })

const bringUp = (run: Run): Effect.Effect<void, SqlError> =>
  Effect.gen(function* () {
    const version = yield* versionOf(run)
    if (version >= schemaVersion) return
    for (const statement of statementsFrom(version)) yield* run(statement)
  })

/** What makes a log of the newest version of one of another; 0 is an empty file. */
export const statementsFrom = (version: number): ReadonlyArray<string> => [
  `PRAGMA application_id = ${applicationId}`,
  ...migrations.slice(version).flat(),
  `PRAGMA user_version = ${schemaVersion}`
]

const versionOf = (run: Run): Effect.Effect<number, SqlError> =>
  Effect.map(run<{ user_version: number }>("PRAGMA user_version"), ([row]) => row?.user_version ?? 0)
