import { readdirSync } from "node:fs"
import Database from "better-sqlite3"
import { Effect, Layer } from "effect"
import { sha256 } from "../../../src/domain/hash.ts"
import type { RunId } from "../../../src/domain/ids.ts"
import { layerAudit, layerCompaction, layerLogReader } from "../../../src/programs/layers.ts"
import { verify } from "../../../src/programs/verify/verify.ts"
import type { EventLog } from "../../../src/services/EventLog.ts"
import { type CompactionOptions, LogCompaction, type Removal } from "../../../src/services/LogCompaction.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { openLog } from "./openLog.ts"
import { entry, resumed, run, runNamed, started } from "./samples.ts"

export const compact = (
  database: string,
  removal: Partial<Removal> = {},
  options: Partial<CompactionOptions> = {}
) =>
  Effect.provide(
    Effect.flatMap(LogCompaction, (service) =>
      service.compact(
        { drop: [], redact: [], texts: [], ...removal },
        { out: undefined, isTrial: false, observe: () => Effect.void, ...options }
      )
    ),
    layerCompaction({ database })
  )

export const reading = <A, E>(database: string, use: Effect.Effect<A, E, EventLog>) =>
  Effect.provide(use, layerLogReader({ database }))

export const verified = (database: string) =>
  Effect.provide(
    verify(undefined, undefined),
    Layer.merge(layerLogReader({ database }), layerAudit({ database }))
  )

/** Everything that the events of some runs say, with their places in the file. */
export const rowsOf = (database: string, ...runs: ReadonlyArray<RunId>): unknown => {
  const file = new Database(database, { readonly: true })
  const rows = runs.map((name) =>
    file.prepare("SELECT *, hex(hash) FROM event WHERE run_id = ? ORDER BY seq").all(name)
  )
  file.close()
  return rows
}

export const countIn = (database: string, table: string): number => {
  const file = new Database(database, { readonly: true })
  const count = Number(file.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
  file.close()
  return count
}

export const namesIn = (folder: string) => readdirSync(folder).filter((name) => !/-(wal|shm)$/.test(name))

/** A log with two unrelated runs, each with a text of its own, and one text that no event names. */
export const twoRuns = Effect.gen(function* () {
  const database = yield* temporaryLog
  yield* Effect.scoped(
    Effect.gen(function* () {
      const { log } = yield* openLog(database)
      for (const number of [1, 2]) {
        const document = `document ${number}`
        const beginning = started()
        const event = { ...beginning, problem: { ...beginning.problem, document: sha256(document) } }
        yield* log.append(runNamed(number), [entry(event), entry(resumed(1))], [document])
      }
      yield* log.append(run, [entry(resumed(2))], ["nobody names this".repeat(2_000)])
    })
  )
  return database
})
