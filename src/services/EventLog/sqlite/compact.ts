import { statSync } from "node:fs"
import { join, resolve } from "node:path"
import type { SqliteClient } from "@effect/sql-sqlite-node/SqliteClient"
import { Clock, Effect, Either, Layer, Runtime, Schedule } from "effect"
import { LogFailed } from "../../EventLog.ts"
import { LogAudit } from "../../LogAudit.ts"
import {
  type CompactionOptions,
  CompactionRefused,
  LogCompaction,
  type Removal
} from "../../LogCompaction.ts"
import { EventForms } from "../EventForms.ts"
import { layerLogAudit } from "./audit.ts"
import { fill } from "./compaction/fill.ts"
import { swap, versionOf } from "./compaction/swap.ts"
import { LogFile, layerReader } from "./connect.ts"
import { copyTarget, putInPlace, workshop } from "./copyTarget.ts"
import { whileBusy } from "./failure.ts"
import { heldBy, isAlive, type LeaseRow } from "./leases.ts"
import { driven, rawDatabase } from "./rawDatabase.ts"

const doing = "compacting it"
/** How often a log that is written meanwhile is begun with. */
const attempts = 3
/** How long readers may hold on to the old pages. */
const patience = Schedule.spaced("50 millis").pipe(Schedule.upTo("5 seconds"))

export const layerLogCompaction = Layer.effect(
  LogCompaction,
  Effect.gen(function* () {
    const { file, reader, writer } = yield* LogFile
    const forms = yield* EventForms
    const log = resolve(file)

    const refuse = (reason: string) => new CompactionRefused({ file, reason })

    const refuseDriven = Effect.gen(function* () {
      const leases = yield* whileBusy(file, doing, reader.unsafe<LeaseRow>("SELECT * FROM lease"))
      for (const lease of leases) if (yield* isAlive(lease)) return yield* heldBy(lease.run_id, lease)
    })

    /** All pages are in the file itself, and its log of pages is empty; false while a reader is in the way. */
    const settled = (sql: SqliteClient) =>
      whileBusy(file, doing, sql.unsafe<{ readonly busy: number }>("PRAGMA wal_checkpoint(TRUNCATE)")).pipe(
        Effect.flatMap(([row]) => (row?.busy === 0 ? Effect.succeed(true) : Effect.fail("held" as const))),
        Effect.retry({ schedule: patience, while: (error) => error === "held" }),
        Effect.catchIf(
          (error) => error === "held",
          () => Effect.succeed(false)
        )
      )

    const made = (path: string, removal: Removal) =>
      Effect.gen(function* () {
        const at = yield* Clock.currentTimeMillis
        const filling = Effect.scoped(
          Effect.flatMap(rawDatabase(path, { fileMustExist: false }), (database) =>
            fill(database, log, forms, removal, at)
          )
        )
        const filled = yield* Effect.mapError(
          filling,
          ({ cause, message }) =>
            new LogFailed({ file, doing, reason: cause instanceof Error ? cause.message : message })
        )
        return yield* Either.mapLeft(filled, refuse)
      })

    const audited = (path: string) =>
      Effect.gen(function* () {
        const { findings } = yield* (yield* LogAudit).audit(undefined)
        const [first] = findings
        if (first === undefined) return
        const place = first.pos === null ? "" : `, position ${first.pos}`
        return yield* refuse(
          `it is damaged (run ${first.run}${place}: ${first.what}); \`seidr verify\` tells more`
        )
      }).pipe(Effect.provide(layerLogAudit.pipe(Layer.provide(layerReader(path)))))

    const once = (removal: Removal, { out, isTrial, observe }: CompactionOptions, sql: SqliteClient) =>
      Effect.gen(function* () {
        const isInPlace = out === undefined && !isTrial
        const target = out === undefined ? undefined : yield* copyTarget(file, out, false)
        const path = join(yield* workshop(target ?? { name: file, path: log, replaces: true }), "made.db")
        yield* settled(sql)
        const before = statSync(log).size
        const watch = yield* whileBusy(file, doing, rawDatabase(log, { readonly: true }))
        const version = yield* whileBusy(
          file,
          doing,
          driven(() => versionOf(watch))
        )
        // After the version was noted: who takes up a run from here on changes it.
        if (isInPlace) yield* refuseDriven
        yield* observe("copying")
        const counts = yield* made(path, removal)
        yield* observe("checking")
        yield* audited(path)
        const after = statSync(path).size
        if (isInPlace) {
          const tell = Runtime.runSync(yield* Effect.runtime<never>())
          const source = yield* whileBusy(file, doing, rawDatabase(path, { readonly: true }))
          const swapping = swap(source, watch, version, log, () => tell(observe("swapping")))
          if ((yield* whileBusy(file, doing, swapping)) === "overtaken") return undefined
          yield* observe("swapped")
        } else if (target !== undefined && !isTrial) yield* putInPlace(file, path, target)
        const isSettled = !isInPlace || (yield* settled(sql))
        return { before, after, ...counts, isHeldByReader: !isSettled }
      })

    return {
      compact: Effect.fn("LogCompaction.compact")(function* (removal, options) {
        if (writer === undefined) {
          return yield* new LogFailed({ file, doing, reason: "it was opened for reading only" })
        }
        for (let attempt = 0; attempt < attempts; attempt++) {
          const compacted = yield* Effect.scoped(once(removal, options, writer.sql))
          if (compacted !== undefined) return compacted
        }
        return yield* refuse("other processes keep writing it; try again later")
      })
    }
  })
)
