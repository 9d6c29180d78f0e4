import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync
} from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import Database from "better-sqlite3"
import { Effect } from "effect"
import { CopyRefused } from "../../LogBackup.ts"
import { identityOf, isOpenHere, markIn } from "./header.ts"
import { applicationId } from "./migrate.ts"

/** Where a copy of a log shall stand. */
export interface CopyTarget {
  /** As the user has named it. */
  readonly name: string
  /** The path itself, through links where a file is there. */
  readonly path: string
  readonly replaces: boolean
}

/** The files that SQLite keeps beside a database. */
const companions = ["-wal", "-shm", "-journal"] as const

/** Looks whether a file may become a copy of the log; nothing is written yet. */
export const copyTarget = (
  log: string,
  name: string,
  force: boolean
): Effect.Effect<CopyTarget, CopyRefused> => attempt(name, () => inspect(log, name, force))

const inspect = (log: string, name: string, force: boolean): CopyTarget => {
  const stats = statSync(name, { throwIfNoEntry: false })
  if (stats === undefined) {
    if (lstatSync(name, { throwIfNoEntry: false }) !== undefined) refuse(name, "it is a link to nowhere")
    if (!existsSync(dirname(resolve(name))))
      refuse(name, `the folder ${dirname(resolve(name))} does not exist`)
    const path = join(realpathSync(dirname(resolve(name))), basename(name))
    refuseCompanions(log, name, path)
    return { name, path, replaces: false }
  }
  const identity = identityOf(stats)
  if (identity === identityOf(statSync(log))) refuse(name, "it is the log itself")
  if (!stats.isFile()) refuse(name, stats.isDirectory() ? "it is a folder" : "it is not a regular file")
  if (!force) refuse(name, "it is there already; name another file, or replace it with --force")
  if (isOpenHere(identity)) refuse(name, "it is in use")
  if (stats.size > 0 && markIn(name) !== applicationId) {
    refuse(name, "it is not a log, and only a log is replaced; name another file")
  }
  const path = realpathSync(name)
  if (stats.size > 0) settle(name, path)
  refuseCompanions(log, name, path)
  return { name, path, replaces: true }
}

/** What is left beside a file would be taken for a part of the copy, and a copy there for a part of the log. */
const refuseCompanions = (log: string, name: string, path: string): void => {
  for (const end of companions) {
    if (path === `${realpathSync(log)}${end}`) refuse(name, `SQLite keeps a part of ${log} there`)
    const size = statSync(`${path}${end}`, { throwIfNoEntry: false })?.size ?? 0
    if (size > 0 && end !== "-shm")
      refuse(name, `${path}${end} is there and would be taken for a part of it; remove it first`)
  }
}

/** Brings a log that will be replaced into one file, which is only possible when nothing uses it. */
const settle = (name: string, path: string): void => {
  const old = new Database(path, { fileMustExist: true, timeout: 0 })
  try {
    old.pragma("journal_mode = DELETE")
  } catch (error) {
    const isBusy = error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")
    refuse(name, isBusy ? "it is in use" : `it cannot be replaced (${textOf(error)}); remove it first`)
  } finally {
    old.close()
  }
}

/** A new folder beside the target, for a file that is not whole yet and for what SQLite keeps beside it. */
export const workshop = ({ name, path }: CopyTarget) =>
  Effect.acquireRelease(
    attempt(name, () => mkdtempSync(join(dirname(path), ".seidr-copy-"))),
    (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
  )

/** Gives a whole file, with the rights of the log, its name; it and the name are on the disk then. */
export const putInPlace = (log: string, made: string, target: CopyTarget): Effect.Effect<void, CopyRefused> =>
  attempt(target.name, () => {
    chmodSync(made, statSync(log).mode & 0o777)
    sync(made)
    if (target.replaces) renameSync(made, target.path)
    else giveName(made, target)
    sync(dirname(target.path))
  })

/** A name is given only where none is, also if somebody else has used it meanwhile. */
const giveName = (made: string, { name, path }: CopyTarget): void => {
  try {
    linkSync(made, path)
  } catch (error) {
    if (existsSync(path)) refuse(name, "it is there now, and was not before")
    if (!/^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EMLINK)$/.test(codeOf(error))) throw error
    renameSync(made, path)
  }
}

const sync = (path: string): void => {
  const descriptor = openSync(path, "r")
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

const attempt = <A>(file: string, make: () => A): Effect.Effect<A, CopyRefused> =>
  Effect.try({
    try: make,
    catch: (error) =>
      error instanceof CopyRefused ? error : new CopyRefused({ file, reason: textOf(error) })
  })

const refuse = (file: string, reason: string): never => {
  throw new CopyRefused({ file, reason })
}

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : ""

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
