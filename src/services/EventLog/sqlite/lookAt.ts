import { accessSync, constants, existsSync, realpathSync, statSync } from "node:fs"
import { dirname, resolve } from "node:path"
import Database from "better-sqlite3"
import { Effect } from "effect"
import { LogRefused } from "../../EventLog.ts"
import { patience } from "./failure.ts"
import { identityOf, isOpenHere, markIn } from "./header.ts"
import { applicationId, schemaVersion } from "./migrate.ts"

/** Larger files are not read whole when they are opened; `seidr verify` does that. */
const quickCheckUpTo = 32 * 2 ** 20

/**
 * Looks at a file before the SQLite client does, since the client turns any SQLite file that it opens into WAL mode
 * and dies on what it cannot open. A refused file is untouched: what is not marked as a log is not even opened as a
 * database, and what is, for reading only.
 */
export const lookAt = (file: string): Effect.Effect<"absent" | "empty" | "log", LogRefused> =>
  Effect.try({
    try: () => inspect(file),
    catch: (error) => ({
      isBusy: codeOf(error).startsWith("SQLITE_BUSY"),
      refusal:
        error instanceof LogRefused
          ? error
          : new LogRefused({ file, reason: `it cannot be read (${textOf(error)}); name another with --db` })
    })
  }).pipe(
    Effect.retry({ schedule: patience, while: ({ isBusy }) => isBusy }),
    Effect.mapError(({ refusal }) => refusal)
  )

/** Whether a log can be written, or made, at this place. */
export const checkWritable = (file: string): Effect.Effect<void, LogRefused> =>
  Effect.try({
    try: () => {
      const folder = folderOf(file)
      if (!existsSync(folder)) {
        refuse(file, `the folder ${folder} does not exist; make it, or name another file with --db`)
      }
      if (!statSync(folder).isDirectory())
        refuse(file, `${folder} is not a folder; name another file with --db`)
      accessSync(folder, constants.W_OK)
      if (existsSync(file)) accessSync(file, constants.W_OK)
    },
    catch: (error) =>
      error instanceof LogRefused
        ? error
        : new LogRefused({ file, reason: `it cannot be written (${textOf(error)}); name another with --db` })
  })

/** The folder in which the file really is: SQLite keeps its own files there, also when it is reached by a link. */
export const folderOf = (file: string): string =>
  dirname(existsSync(file) ? realpathSync(file) : resolve(file))

const inspect = (file: string): "absent" | "empty" | "log" => {
  if (!existsSync(file)) return "absent"
  const stats = statSync(file)
  if (stats.isDirectory()) refuse(file, "it is a folder; name a file with --db")
  if (!stats.isFile()) refuse(file, "it is not a regular file; name another with --db")
  if (stats.size === 0) return "empty"
  // What this process has open was looked at then, and must not be opened and closed as a mere file.
  const mark = isOpenHere(identityOf(stats)) ? applicationId : markIn(file)
  if (mark === undefined) return refuse(file, "it is not an SQLite file; name another with --db")
  if (mark !== applicationId) refuse(file, "it is an SQLite file of another program; name another with --db")
  return inspectLog(file, stats.size)
}

const inspectLog = (file: string, size: number): "empty" | "log" => {
  let database: Database.Database | undefined
  try {
    // No wait in here: it would block the event loop.
    database = new Database(resolve(file), { readonly: true, fileMustExist: true, timeout: 0 })
    const version = Number(database.pragma("user_version", { simple: true }))
    checkVersion(file, version)
    if (version === 0) return "empty"
    const check = size <= quickCheckUpTo ? database.pragma("quick_check(1)", { simple: true }) : "ok"
    if (check !== "ok") refuse(file, damaged(String(check)))
    return "log"
  } catch (error) {
    // The process that made it was ended before its first commit: who writes next undoes that.
    if (codeOf(error) === "SQLITE_READONLY_ROLLBACK") return "empty"
    if (/CORRUPT|NOTADB|FORMAT/.test(codeOf(error)) || textOf(error).includes("malformed")) {
      refuse(file, damaged(textOf(error)))
    }
    throw error
  } finally {
    database?.close()
  }
}

const damaged = (how: string): string => `it is damaged (${how}); keep a copy of it and go back to a backup`

const checkVersion = (file: string, version: number): void => {
  if (version <= schemaVersion) return
  refuse(file, `its schema has version ${version}, and this seidr knows ${schemaVersion}; use a newer seidr`)
}

const refuse = (file: string, reason: string): never => {
  throw new LogRefused({ file, reason })
}

const codeOf = (error: unknown): string => (error instanceof Database.SqliteError ? error.code : "")

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
