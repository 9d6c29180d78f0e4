import { SqlError } from "@effect/sql/SqlError"
import { Effect, Schedule } from "effect"
import { LogFailed } from "../../EventLog.ts"

/**
 * How long a busy database is asked again. On a slow disk, dozens of processes that open one new file at once wait for
 * each other's commits this long. Each single wait is short, since it blocks the event loop.
 */
export const patience = Schedule.spaced("25 millis").pipe(Schedule.jittered, Schedule.upTo("90 seconds"))

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

/** Work on a connection that has no Effects, all at once. */
export const atOnce = <A>(work: () => A): Effect.Effect<A, SqlError> =>
  Effect.try({
    try: work,
    catch: (cause) => new SqlError({ cause, message: "Failed to execute statements" })
  })

/** What went wrong, and what can be done about it. */
const reasonOf = (error: SqlError): string => {
  const code = codeOf(error.cause)
  const text = error.cause instanceof Error ? error.cause.message : error.message
  const advice = advices.find(([pattern]) => pattern.test(code))?.[1]
  return advice === undefined ? text : `${advice} (${code}: ${text})`
}

const advices: ReadonlyArray<readonly [RegExp, string]> = [
  [
    /^SQLITE_FULL/,
    "there is no space left; free some and resume the run: what was acknowledged before is in the log"
  ],
  [/^SQLITE_(BUSY|LOCKED)/, "another process keeps it locked; end that process or wait for it"],
  [
    /^SQLITE_READONLY/,
    "it cannot be written any more; look at its permissions and whether its file system is read-only"
  ],
  [/^SQLITE_(CORRUPT|NOTADB)/, "it is damaged; keep a copy of it and go back to a backup"],
  [/^SQLITE_CONSTRAINT.*/, "it breaks a rule of the log"],
  [
    /^SQLITE_(IOERR|CANTOPEN|PROTOCOL)/,
    "the disk or its file system fails; look at the system's messages about it"
  ]
]

const isBusy = (error: SqlError): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error.cause))

/** SQLite's name of what it throws; empty for anything else. */
export const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : ""
