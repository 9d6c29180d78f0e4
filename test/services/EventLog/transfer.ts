import { copyFileSync } from "node:fs"
import { dirname, join } from "node:path"
import Database from "better-sqlite3"
import { Effect, FastCheck } from "effect"
import type { Event } from "../../../src/domain/events.ts"
import { sha256 } from "../../../src/domain/hash.ts"
import { draftId, type RunId } from "../../../src/domain/ids.ts"
import { refsIn } from "../../../src/domain/refs.ts"
import { rules } from "../../../src/domain/rules.ts"
import { layerExport, layerImport } from "../../../src/programs/layers.ts"
import type { ArchiveLimits } from "../../../src/services/EventLog/archive/file.ts"
import { layerLogImport } from "../../../src/services/EventLog/sqlite/logImport.ts"
import { LogExport } from "../../../src/services/LogExport.ts"
import { LogImport } from "../../../src/services/LogImport.ts"
import { published } from "../../support/settings.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { openLog } from "./openLog.ts"
import { entry, evaluated, received, requested, runNamed, started } from "./samples.ts"

export const exported = (database: string, out: string, runs?: ReadonlyArray<RunId>) =>
  Effect.flatMap(LogExport, (log) => log.archive(runs, out)).pipe(Effect.provide(layerExport({ database })))

export const imported = (archive: string, database: string, limits?: ArchiveLimits) =>
  Effect.flatMap(LogImport, (log) => log.fromArchive(archive)).pipe(
    Effect.provide(limits === undefined ? layerImport({ database }) : layerLogImport(database, { limits }))
  )

export const merged = (logs: ReadonlyArray<string>, database: string) =>
  Effect.flatMap(LogImport, (log) => log.fromLogs(logs)).pipe(Effect.provide(layerImport({ database })))

/** A place for an archive, beside nothing else. */
export const temporaryArchive = Effect.map(temporaryLog, (file) => join(dirname(file), "runs.seidr"))

const forked = (parent: RunId, position: number): Event => ({
  _tag: "RunForked",
  parent,
  position,
  at: { kind: "position" },
  problem: "bowling",
  settings: published,
  answers: "adopt",
  label: 'a fork, "quoted", 𝔘nicode \u2028',
  rules,
  environment: { seidr: "0.1.0", node: "v20", tier: "none", toolchain: "Python 3" }
})

/** What happens in a drawn run, and the texts that come with it. */
const step = FastCheck.tuple(FastCheck.nat({ max: 4 }), FastCheck.fullUnicodeString({ maxLength: 900 }))

/** Runs of a log: how long each is, and which earlier one it continues from where, if any. */
export const drawnRuns = FastCheck.array(
  FastCheck.record({
    steps: FastCheck.array(step, { maxLength: 8 }),
    parent: FastCheck.option(FastCheck.nat({ max: 5 })),
    at: FastCheck.double({ min: 0, max: 1, noNaN: true })
  }),
  { minLength: 1, maxLength: 5 }
)
type Drawn = typeof drawnRuns extends FastCheck.Arbitrary<infer A> ? A : never

/** Writes drawn runs to a new log; each has an own event at least. */
export const logOf = (drawn: Drawn) =>
  Effect.gen(function* () {
    const file = yield* temporaryLog
    const ends: Array<number> = []
    yield* Effect.scoped(
      Effect.gen(function* () {
        const { log } = yield* openLog(file)
        for (const [number, { steps, parent, at }] of drawn.entries()) {
          const run = runNamed(number)
          const from = parent === null || parent >= number ? undefined : parent
          const position = from === undefined ? -1 : Math.floor(at * ends[from]!)
          const events = steps.map(([kind, text], index) => entry(eventOf(kind, text, `${number} ${index}`)))
          const named = new Set([started(), ...events.map(({ event }) => event)].flatMap(refsIn))
          const texts = ["document", "system", "user", "details", ...steps.map(([, text]) => text)].filter(
            (text) => named.has(sha256(text))
          )
          ends[number] = position + 1 + steps.length
          if (from === undefined) yield* log.append(run, [entry(started()), ...events], texts)
          else {
            const first = entry(forked(runNamed(from), position))
            yield* log.branch(run, { parent: runNamed(from), position }, [first, ...events], texts)
          }
        }
      })
    )
    return file
  })

const eventOf = (kind: number, text: string, key: string): Event => {
  const program = sha256(text)
  switch (kind) {
    case 0:
      return requested(key)
    case 1:
      return received(key, text)
    case 2:
      return { ...evaluated(0, 2), program }
    case 3:
      return { _tag: "ProgramWritten", node: draftId(1), index: 1, program, reason: null }
    default:
      return { _tag: "RunInterrupted", by: "signal", reason: text }
  }
}

/** Changes a log as only `seidr compact` may. */
const unguarded = (file: string, change: (database: Database.Database) => void) => {
  const database = new Database(file)
  const triggers = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name GLOB '*deleted'"
  const dropped = database.prepare(triggers).all() as ReadonlyArray<{ name: string; sql: string }>
  for (const { name } of dropped) database.exec(`DROP TRIGGER ${name}`)
  change(database)
  for (const { sql } of dropped) database.exec(sql)
  database.close()
}

/** Which texts of a log are taken out: where they are among all, and whether they have come again since. */
export const drawnRedactions = FastCheck.array(
  FastCheck.tuple(FastCheck.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), FastCheck.boolean()),
  { maxLength: 3 }
)

/** Takes drawn texts out of a log. */
export const redacting = (
  file: string,
  drawn: typeof drawnRedactions extends FastCheck.Arbitrary<infer A> ? A : never
) =>
  unguarded(file, (database) => {
    const hashes = database.prepare("SELECT hash FROM blob ORDER BY hash").pluck().all()
    for (const [share, isBack] of drawn) {
      const hash = hashes[Math.floor(share * hashes.length)]
      database.prepare("INSERT INTO redacted VALUES (?, 1700000000000) ON CONFLICT DO NOTHING").run(hash)
      if (!isBack) database.prepare("DELETE FROM blob WHERE hash = ?").run(hash)
    }
  })

/**
 * A copy of a log in which each run ends where `lengths` says, but not before its forks leave it: what the log was
 * at an earlier time, or is elsewhere. Its list of runs is not right, as that of a log in use may be.
 */
export const cutLog = (file: string, lengths: ReadonlyArray<number>) =>
  Effect.map(temporaryLog, (copy) => {
    copyFileSync(file, copy)
    unguarded(copy, (database) => {
      const cut = database.prepare(`DELETE FROM event WHERE run_id = :run AND pos > max(
        :length + (SELECT min(pos) FROM event WHERE run_id = :run),
        coalesce((SELECT max(parent_pos) FROM lineage WHERE parent_id = :run), 0))`)
      for (const [number, length] of lengths.entries()) cut.run({ run: runNamed(number), length })
    })
    return copy
  })
