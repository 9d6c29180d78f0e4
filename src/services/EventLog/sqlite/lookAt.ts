import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from "node:fs"
import { dirname, resolve } from "node:path"
import Database from "better-sqlite3"
import { Effect } from "effect"
import { LogRefused } from "../../EventLog.ts"

/** Marks a file as a log of seidr. */
export const applicationId = 0x5e1d_2001
/** The newest schema that this version knows; migrations set it. */
export const schemaVersion = 1

/** Larger files are not read whole when they are opened; `seidr verify` does that. */
const quickCheckUpTo = 32 * 2 ** 20

/**
 * Looks at a file before the SQLite client does, since the client turns any SQLite file that it opens into WAL mode
 * and dies on what it cannot open. Read-only: a refused file is untouched.
 */
export const lookAt = (file: string): Effect.Effect<"absent" | "empty" | "log", LogRefused> =>
  Effect.try({
    try: () => inspect(file),
    catch: (error) =>
      error instanceof LogRefused
        ? error
        : new LogRefused({ file, reason: `it cannot be read: ${textOf(error)}` })
  })

/** Whether a log can be written, or made, at this place. */
export const checkWritable = (file: string): Effect.Effect<void, LogRefused> =>
  Effect.try({
    try: () => {
      const folder = dirname(resolve(file))
      if (!existsSync(folder)) refuse(file, `the folder ${folder} does not exist`)
      accessSync(folder, constants.W_OK)
      if (existsSync(file)) accessSync(file, constants.W_OK)
    },
    catch: (error) =>
      error instanceof LogRefused
        ? error
        : new LogRefused({ file, reason: `it cannot be written (${textOf(error)}); name another with --db` })
  })

const inspect = (file: string): "absent" | "empty" | "log" => {
  if (!existsSync(file)) return "absent"
  const { size, isFile } = look(file)
  if (!isFile) refuse(file, "it is not a file")
  if (size === 0) return "empty"
  if (startOf(file) !== "SQLite format 3\0") refuse(file, "it is not an SQLite file")
  return inspectDatabase(file, size)
}

const inspectDatabase = (file: string, size: number): "empty" | "log" => {
  let database: Database.Database | undefined
  try {
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: 2_000 })
    const mark = database.pragma("application_id", { simple: true })
    const version = Number(database.pragma("user_version", { simple: true }))
    const tables = database.prepare("SELECT name FROM sqlite_master").pluck().all()
    if (mark === 0 && tables.length === 0) return "empty"
    if (mark !== applicationId) refuse(file, "it is an SQLite file of another program")
    if (version > schemaVersion) {
      refuse(
        file,
        `its schema has version ${version}, and this seidr knows ${schemaVersion}; use a newer seidr`
      )
    }
    const check = size <= quickCheckUpTo ? database.pragma("quick_check(1)", { simple: true }) : "ok"
    if (check !== "ok") refuse(file, `it is damaged: ${String(check)}`)
    return "log"
  } catch (error) {
    if (error instanceof Database.SqliteError && /CORRUPT|NOTADB/.test(error.code)) {
      refuse(file, `it is damaged: ${error.message}`)
    }
    throw error
  } finally {
    database?.close()
  }
}

const look = (file: string): { readonly size: number; readonly isFile: boolean } => {
  const stats = statSync(file)
  return { size: stats.size, isFile: stats.isFile() }
}

const startOf = (file: string): string => {
  const descriptor = openSync(file, "r")
  try {
    const bytes = Buffer.alloc(16)
    readSync(descriptor, bytes, 0, 16, 0)
    return bytes.toString("latin1")
  } finally {
    closeSync(descriptor)
  }
}

const refuse = (file: string, reason: string): never => {
  throw new LogRefused({ file, reason })
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
