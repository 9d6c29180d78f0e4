import { SqlError } from "@effect/sql/SqlError"
import type Database from "better-sqlite3"
import { Effect } from "effect"
import { driven } from "../rawDatabase.ts"

/** The log has been written since the new file was begun: what came would not be in it. */
export type Swapped = "swapped" | "overtaken"

/** Pages in one turn of the event loop. */
const pagesPerTurn = 1_000
/** A small file is written in some turns too. */
const turns = 8

/**
 * Writes the pages of a new file over those of a log, in one transaction of SQLite: its lock keeps writers out from the
 * first page to the commit, readers see the old log until then and the new one after it, and a crash or a full disk in
 * between leaves the old one. `watch` is a connection to the log, whose `data_version` was `version` before the new file
 * was begun. To rename the new file instead would strand every connection that has the old one open, with a
 * `-wal` of the same name.
 */
export const swap = (
  made: Database.Database,
  watch: Database.Database,
  version: number,
  log: string,
  observe: () => void
): Effect.Effect<Swapped, SqlError> =>
  Effect.gen(function* () {
    let isLocked = false
    let isOvertaken = false
    const copying = Effect.tryPromise({
      try: () =>
        made.backup(log, {
          progress: ({ totalPages }) => {
            if (!isLocked && versionOf(watch) !== version) {
              isOvertaken = true
              throw new Error("the log has been written meanwhile")
            }
            isLocked = true
            observe()
            return Math.min(pagesPerTurn, Math.max(1, Math.ceil(totalPages / turns)))
          }
        }),
      catch: (cause) => new SqlError({ cause, message: "Failed to write the new pages" })
    })
    // The driver takes a log that is locked for one that is written already: whether it is, the log itself tells.
    const ended = yield* Effect.either(Effect.uninterruptible(copying))
    if (isOvertaken) return "overtaken"
    yield* ended
    const isWritten = yield* driven(
      () => isLocked && versionOf(watch) !== version && pagesOf(watch) === pagesOf(made)
    )
    return isWritten ? "swapped" : yield* busy
  })

export const versionOf = (database: Database.Database): number =>
  Number(database.pragma("data_version", { simple: true }))

const pagesOf = (database: Database.Database): number =>
  Number(database.pragma("page_count", { simple: true }))

const busy = new SqlError({
  cause: Object.assign(new Error("database is locked"), { code: "SQLITE_BUSY" }),
  message: "The log is locked"
})
