import { statSync } from "node:fs"
import { join } from "node:path"
import { SqlError } from "@effect/sql/SqlError"
import type Database from "better-sqlite3"
import { Effect, Layer, Runtime } from "effect"
import { type Copy, type CopyProgress, LogBackup } from "../../LogBackup.ts"
import { LogFile } from "./connect.ts"
import { copyTarget, putInPlace, workshop } from "./copyTarget.ts"
import { whileBusy } from "./failure.ts"
import { driven, rawDatabase } from "./rawDatabase.ts"

const doing = "copying it"
/** Pages that are copied in one turn of the event loop: some milliseconds. */
const pagesPerTurn = 1_000

/**
 * SQLite's own way of copying, page by page, from a connection that holds one read transaction from the first page to
 * the last: writers go on, and what they write is not in the copy. Without that transaction each commit of another
 * process would make the copy begin again; `VACUUM INTO` would block the event loop for as long as it takes.
 */
export const layerLogBackup = Layer.effect(
  LogBackup,
  Effect.gen(function* () {
    const { file } = yield* LogFile
    return {
      backup: Effect.fn("LogBackup.backup")(function* (to, force, observe) {
        const target = yield* copyTarget(file, to, force)
        const copying = Effect.gen(function* () {
          const made = join(yield* workshop(target), "copy.db")
          const source = yield* whileBusy(file, doing, snapshotOf(file))
          yield* whileBusy(file, doing, copied(source, made, observe))
          const counts = yield* whileBusy(to, "checking the copy", settled(source, made))
          yield* putInPlace(file, made, target)
          return { file: to, bytes: statSync(target.path).size, ...counts }
        })
        return yield* Effect.scoped(copying)
      })
    }
  })
)

/** A connection that sees the log as it is now for as long as it is open. */
const snapshotOf = (file: string) =>
  Effect.tap(rawDatabase(file, { readonly: true }), (source) =>
    driven(() => {
      source.exec("BEGIN")
      source.prepare("SELECT count(*) FROM sqlite_schema").get()
    })
  )

const copied = (
  source: Database.Database,
  to: string,
  observe: (progress: CopyProgress) => Effect.Effect<void>
): Effect.Effect<void, SqlError> =>
  Effect.gen(function* () {
    const tell = Runtime.runSync(yield* Effect.runtime<never>())
    yield* Effect.tryPromise({
      try: (signal) =>
        source.backup(to, {
          progress: ({ totalPages, remainingPages }) => {
            signal.throwIfAborted()
            tell(observe({ pages: totalPages - remainingPages, of: totalPages }))
            return pagesPerTurn
          }
        }),
      catch: (cause) => new SqlError({ cause, message: "Failed to copy" })
    })
  })

/** The copy is sound, of the same kind and has the same heads; no lease in it is anybody's any more. */
const settled = (
  source: Database.Database,
  made: string
): Effect.Effect<Pick<Copy, "runs" | "events">, SqlError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const copy = yield* rawDatabase(made)
      const fault = yield* driven(() => {
        const check = String(copy.pragma("quick_check(1)", { simple: true }))
        if (check !== "ok") return check
        return ["application_id", "user_version"].some(
          (name) => copy.pragma(name, { simple: true }) !== source.pragma(name, { simple: true })
        ) || headsIn(copy) !== headsIn(source)
          ? "it does not hold what the log holds"
          : undefined
      })
      if (fault !== undefined) return yield* new SqlError({ cause: new Error(fault), message: fault })
      return yield* driven(() => {
        copy.exec("UPDATE lease SET expires_at = 0, stop_requested = 0")
        const count = (what: string) => Number(copy.prepare(`SELECT count(${what}) FROM event`).pluck().get())
        return { runs: count("DISTINCT run_id"), events: count("*") }
      })
    })
  )

const headsIn = (database: Database.Database): string =>
  JSON.stringify(
    database
      .prepare(
        `SELECT run_id, pos, hex(hash) FROM event JOIN
          (SELECT run_id AS run, max(pos) AS last FROM event GROUP BY run_id) ON run_id = run AND pos = last
        ORDER BY run_id`
      )
      .raw()
      .all()
  )
