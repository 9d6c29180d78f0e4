import type { SqlError } from "@effect/sql/SqlError"
import type Database from "better-sqlite3"
import { Effect, Either } from "effect"
import type { Forms } from "../../../../domain/eventForms.ts"
import type { Compacted, Removal } from "../../../LogCompaction.ts"
import { statementsFrom } from "../migrate.ts"
import { driven } from "../rawDatabase.ts"
import { foldRuns, relist } from "../rebuild.ts"
import type { Run } from "../transaction.ts"
import { type Line, whyNotDropped } from "./family.ts"
import { planTexts } from "./texts.ts"

/** Rows that are copied in one turn of the event loop. */
const rowsPerTurn = 2_000

type Counts = Pick<Compacted, "runs" | "events" | "texts">

/**
 * Fills a new, empty file with what shall stay of a log, as it is at one moment. Its projections are made anew. On the
 * left, why what is asked for cannot be done to this log.
 */
export const fill = (
  made: Database.Database,
  log: string,
  forms: Forms,
  removal: Removal,
  at: number
): Effect.Effect<Either.Either<Counts, string>, SqlError> =>
  Effect.gen(function* () {
    const run = runOn(made)
    yield* driven(() => {
      made.prepare("ATTACH ? AS old").run(log)
      const pageSize = Number(made.pragma("old.page_size", { simple: true }))
      // Nobody else knows the file, and it is thrown away if this does not come to its end.
      for (const pragma of [`page_size = ${pageSize}`, "journal_mode = OFF", "synchronous = OFF"])
        made.pragma(pragma)
      made.pragma("foreign_keys = OFF")
      for (const statement of statementsFrom(0)) made.exec(statement)
      made.exec(
        "CREATE TEMP TABLE kept (run_id TEXT PRIMARY KEY); CREATE TEMP TABLE wanted (hash TEXT PRIMARY KEY)"
      )
      made.exec("BEGIN")
    })
    const lines = yield* run<Line>("SELECT run_id, parent_id, parent_pos FROM old.lineage ORDER BY run_id")
    const drop = new Set(removal.drop)
    const why = whyNotDropped(lines, drop)
    if (why !== undefined) return Either.left(why)
    const strays = yield* run<{ readonly run_id: string }>(
      "SELECT run_id FROM old.event WHERE run_id NOT IN (SELECT run_id FROM old.lineage) LIMIT 1"
    )
    if (strays[0] !== undefined)
      return Either.left(`it is damaged (run ${strays[0].run_id} has no line of lineage)`)
    const kept = lines.filter(({ run_id }) => !drop.has(run_id))
    for (const { run_id } of kept) yield* run("INSERT INTO kept VALUES (?)", [run_id])
    yield* run(
      "INSERT INTO lineage SELECT run_id, parent_id, parent_pos FROM old.lineage JOIN kept USING (run_id)"
    )
    yield* run(`INSERT INTO lease SELECT * FROM old.lease WHERE run_id IN (SELECT run_id FROM kept)`)
    yield* copyEvents(run)
    const plan = yield* planTexts(run, forms, kept, removal)
    for (const ref of removal.texts) {
      const owner = plan.fixed.get(ref)
      if (owner !== undefined) return Either.left(`text ${ref} says what run ${owner} is about`)
      if (!plan.named.has(ref)) return Either.left(`no event of a run that stays names a text ${ref}`)
    }
    for (const ref of plan.named)
      if (!plan.redacted.has(ref)) yield* run("INSERT INTO wanted VALUES (?)", [ref])
    const texts = yield* copyTexts(run)
    for (const ref of plan.redacted) yield* run("INSERT INTO redacted VALUES (?, ?)", [ref, at])
    // What had been taken out before, and is still named, and has not come back since.
    yield* run(`INSERT OR IGNORE INTO redacted SELECT hash, at FROM old.redacted JOIN wanted USING (hash)
      WHERE hash NOT IN (SELECT hash FROM blob)`)
    const { events } = yield* relist(run, yield* foldRuns(run, forms, new Map()))
    const countOf = (what: string) =>
      Effect.map(run<{ readonly n: number }>(`SELECT count(*) AS n FROM ${what}`), ([row]) => row?.n ?? 0)
    const lost = yield* countOf(`(SELECT run_id, count(*), max(pos) FROM old.event JOIN kept USING (run_id)
      GROUP BY run_id EXCEPT SELECT run_id, count(*), max(pos) FROM event GROUP BY run_id)`)
    if (lost > 0) return Either.left(`${lost} runs of it could not be copied whole`)
    const allEvents = yield* countOf("old.event")
    const gone = (yield* countOf("old.blob")) - texts
    const redacted = yield* countOf("redacted JOIN old.blob USING (hash)")
    yield* driven(() => {
      made.exec("COMMIT")
      made.exec("DETACH old")
      made.pragma("journal_mode = WAL")
    })
    return Either.right({
      runs: { kept: kept.length, dropped: lines.length - kept.length },
      events: { kept: events, dropped: allEvents - events },
      texts: { kept: texts, dropped: gone - redacted, redacted, shared: plan.shared }
    })
  })

/** In the order of the file, and with the numbers that the rows have there. */
const copyEvents = (run: Run) =>
  Effect.gen(function* () {
    const columns = "seq, run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data, hash"
    const [range] = yield* run<{ readonly first: number | null; readonly last: number | null }>(
      "SELECT min(seq) AS first, max(seq) AS last FROM old.event"
    )
    if (range?.first == null || range.last == null) return
    for (let from = range.first; from <= range.last; from += rowsPerTurn) {
      yield* run(
        `INSERT INTO event (${columns}) SELECT ${columns} FROM old.event
          WHERE seq BETWEEN ? AND ? AND run_id IN (SELECT run_id FROM kept) ORDER BY seq`,
        [from, from + rowsPerTurn - 1]
      )
      yield* Effect.yieldNow()
    }
  })

const copyTexts = (run: Run) =>
  Effect.gen(function* () {
    for (let after = ""; ; ) {
      const hashes: ReadonlyArray<{ readonly hash: string }> = yield* run<{ readonly hash: string }>(
        `SELECT hash FROM wanted WHERE hash > ? ORDER BY hash LIMIT ${rowsPerTurn}`,
        [after]
      )
      const last = hashes.at(-1)?.hash
      if (last === undefined) break
      yield* run(
        `INSERT INTO blob SELECT hash, size, encoding, content FROM old.blob
          WHERE hash IN (SELECT hash FROM wanted WHERE hash > ? AND hash <= ?) ORDER BY hash`,
        [after, last]
      )
      after = last
      yield* Effect.yieldNow()
    }
    const [row] = yield* run<{ readonly n: number }>("SELECT count(*) AS n FROM blob")
    return row?.n ?? 0
  })

const runOn =
  (database: Database.Database): Run =>
  <Row extends object>(statement: string, parameters: ReadonlyArray<unknown> = []) =>
    driven((): ReadonlyArray<Row> => {
      const prepared = database.prepare(statement)
      if (prepared.reader) return prepared.all(...parameters) as ReadonlyArray<Row>
      prepared.run(...parameters)
      return []
    })
