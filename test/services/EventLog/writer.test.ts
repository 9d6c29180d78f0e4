import { renameSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Array as Arr, Effect, Either, Exit, Fiber, Scope } from "effect"
import { sha256 } from "../../../src/domain/hash.ts"
import { schemaVersion } from "../../../src/services/EventLog/sqlite/migrate.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { allRows, linksOf, type Row } from "./links.ts"
import { openLog } from "./openLog.ts"
import { entry, received, resumed, run, runNamed, started } from "./samples.ts"

const temporary = Effect.flatMap(temporaryLog, (file) =>
  Effect.map(openLog(file), (open) => ({ file, ...open }))
)

/** Everything that is in the file, seen by a connection of its own. */
const look = <A>(file: string, use: (database: Database.Database) => A): A => {
  const database = new Database(file, { readonly: true })
  try {
    return use(database)
  } finally {
    database.close()
  }
}

const rowsOf = (file: string): ReadonlyArray<Row> =>
  look(file, (database) => database.prepare(allRows).all() as Array<Row>)

const pragma = (file: string, name: string): unknown =>
  look(file, (database) => database.pragma(name, { simple: true }))

describe("the writer's connection", () => {
  it.scopedLive(
    "syncs each commit, keeps a write-ahead log and looks after references, at every opening",
    () =>
      Effect.gen(function* () {
        const file = yield* temporaryLog
        for (const _ of ["first", "again"]) {
          yield* Effect.scoped(
            Effect.gen(function* () {
              const { writer } = yield* openLog(file)
              const setting = (name: string) =>
                Effect.map(
                  writer.unsafe<Record<string, unknown>>(`PRAGMA ${name}`),
                  ([row]) => Object.values(row!)[0]
                )
              expect(yield* setting("synchronous")).toBe(2)
              expect(yield* setting("journal_mode")).toBe("wal")
              expect(yield* setting("foreign_keys")).toBe(1)
              expect(yield* setting("busy_timeout")).toBe(50)
            })
          )
        }
        expect(pragma(file, "application_id")).toBe(0x5e1d_2001)
        expect(pragma(file, "user_version")).toBe(schemaVersion)
      })
  )

  it.scopedLive("refuses to change or delete what is written", () =>
    Effect.gen(function* () {
      const { log, writer } = yield* temporary
      yield* log.append(run, [entry(started())], ["text"])
      for (const table of ["event", "blob", "lineage"]) {
        const column = table === "blob" ? "hash" : "run_id"
        for (const statement of [`UPDATE ${table} SET ${column} = 'x'`, `DELETE FROM ${table}`]) {
          const error = yield* Effect.flip(writer.unsafe(statement))
          expect(String(error.cause)).toMatch(/append-only/)
        }
      }
    })
  )
})

describe("the writer", () => {
  it.scopedLive("writes a chain that can be followed from the columns alone, and a root for every run", () =>
    Effect.gen(function* () {
      const { file, log } = yield* temporary
      yield* log.append(run, [entry(started("łabel \u2028 \ud800")), entry(received("a"), 0)], [])
      yield* log.append(run, [entry(resumed(1))], [])
      yield* log.append(runNamed(2), [entry(started())], [])
      for (const runId of [run, runNamed(2)]) {
        const rows = rowsOf(file).filter((row) => row.run_id === runId)
        expect(rows.map(({ link }) => link)).toEqual(linksOf(rows))
      }
      expect(look(file, (database) => database.prepare("SELECT * FROM lineage").all())).toEqual([
        { run_id: run, parent_id: null, parent_pos: null },
        { run_id: runNamed(2), parent_id: null, parent_pos: null }
      ])
    })
  )

  it.scopedLive("stores a text once, and compressed where that pays", () =>
    Effect.gen(function* () {
      const { file, log } = yield* temporary
      const long = "print(1)\n".repeat(1_000)
      for (let time = 0; time < 3; time++) yield* log.append(run, [entry(resumed(time))], [long, "short"])
      const blobs = look(file, (database) =>
        database
          .prepare("SELECT hash, size, encoding, length(content) AS stored FROM blob ORDER BY size")
          .all()
      )
      expect(blobs).toEqual([
        { hash: sha256("short"), size: 5, encoding: "utf8", stored: 5 },
        { hash: sha256(long), size: 9_000, encoding: "deflate", stored: expect.any(Number) }
      ])
      expect((blobs[1] as { stored: number }).stored).toBeLessThan(200)
    })
  )

  it.scopedLive("does not append behind what another process appended, until it has been told", () =>
    Effect.gen(function* () {
      const { file, log } = yield* temporary
      const { log: other } = yield* openLog(file)
      yield* log.append(run, [entry(resumed(0))], [])
      yield* other.append(run, [entry(resumed(1))], [])
      const [mine, free] = yield* Effect.all(
        [
          Effect.flip(log.append(run, [entry(resumed(2))], [])),
          log.append(runNamed(2), [entry(resumed(3))], [])
        ],
        { concurrency: "unbounded" }
      )
      expect(mine.message).toContain(`another process has appended to run ${run}`)
      expect(mine.message).toContain(file)
      expect(free).toHaveLength(1)
      yield* log.append(run, [entry(resumed(4))], [])
      const rows = rowsOf(file).filter(({ run_id }) => run_id === run)
      expect(rows.map(({ pos, data }) => [pos, (JSON.parse(data) as { epoch: number }).epoch])).toEqual([
        [0, 0],
        [1, 1],
        [2, 4]
      ])
      expect(rows.map(({ link }) => link)).toEqual(linksOf(rows))
    })
  )

  it.scopedLive("refuses a holder whose lease was taken over, though nobody has appended yet", () =>
    Effect.gen(function* () {
      const { file, log, leases } = yield* temporary
      const scope = yield* Scope.make()
      yield* Scope.extend(leases.acquire(run), scope)
      yield* log.append(run, [entry(resumed(1))], [])
      const { writer: elsewhere } = yield* openLog(file)
      yield* elsewhere.unsafe("UPDATE lease SET epoch = 2, host = 'elsewhere', pid = 77")
      const error = yield* Effect.flip(log.append(run, [entry(resumed(1))], []))
      expect(error.message).toContain(`run ${run} was taken over by process 77 on elsewhere`)
      expect((yield* Effect.flip(log.append(run, [entry(resumed(1))], []))).message).toContain("taken over")
      yield* Scope.close(scope, Exit.void)
    })
  )

  it.scopedLive("says that there is no space left, loses nothing, and goes on when there is", () =>
    Effect.gen(function* () {
      const { file, log, writer } = yield* temporary
      yield* log.append(run, [entry(resumed(0))], [])
      const [{ page_count: pages }] = (yield* writer.unsafe<{ page_count: number }>("PRAGMA page_count")) as [
        { page_count: number }
      ]
      yield* writer.unsafe(`PRAGMA max_page_count = ${pages + 2}`)
      const large = Array.from({ length: 20 }, (_, index) =>
        Array.from({ length: 200 }, (_, part) => sha256(`${index} ${part}`)).join("")
      )
      const outcomes = yield* Effect.forEach(
        Arr.range(1, 20),
        (index) => Effect.either(log.append(runNamed(index), [entry(resumed(index))], [large[index - 1]!])),
        { concurrency: "unbounded" }
      )
      const failures = outcomes.filter(Either.isLeft)
      expect(failures.length).toBeGreaterThan(0)
      expect(failures[0]!.left.message).toMatch(/no space left; free some .*SQLITE_FULL/)
      const before = rowsOf(file).length
      expect(before).toBe(1 + outcomes.filter(Either.isRight).length)
      yield* writer.unsafe("PRAGMA max_page_count = 1000000")
      for (const [index, outcome] of outcomes.entries()) {
        if (Either.isRight(outcome)) continue
        yield* log.append(runNamed(index + 1), [entry(resumed(index + 1))], [large[index]!])
      }
      expect(rowsOf(file)).toHaveLength(21)
      for (const text of large) expect(yield* log.text(sha256(text))).toBe(text)
    })
  )

  it.scopedLive("waits while another process writes", () =>
    Effect.gen(function* () {
      const { file, log } = yield* temporary
      const other = new Database(file)
      other.exec("BEGIN IMMEDIATE")
      const waiting = yield* Effect.fork(log.append(run, [entry(resumed(0))], []))
      yield* Effect.sleep("200 millis")
      expect(waiting.unsafePoll()).toBeNull()
      other.exec("COMMIT")
      other.close()
      expect(yield* Fiber.join(waiting)).toHaveLength(1)
    })
  )

  it.scopedLive("writes nothing into a file that was put aside", () =>
    Effect.gen(function* () {
      const { file, log } = yield* temporary
      yield* log.append(run, [entry(resumed(0))], [])
      renameSync(file, `${file}.aside`)
      const error = yield* Effect.flip(log.append(run, [entry(resumed(1))], []))
      expect(error.message).toMatch(/was moved, replaced or deleted/)
      renameSync(`${file}.aside`, file)
      expect(yield* log.append(run, [entry(resumed(2))], [])).toMatchObject([{ pos: 1 }])
    })
  )

  it.live("commits what waits when it is closed, and tells who comes later that it is", () =>
    Effect.gen(function* () {
      const folder = yield* Scope.make()
      const scope = yield* Scope.make()
      const file = yield* Scope.extend(temporaryLog, folder)
      const { log } = yield* Scope.extend(openLog(file), scope)
      const many = yield* Effect.forEach(Arr.range(0, 1_999), (index) =>
        Effect.fork(Effect.either(log.append(run, [entry(resumed(index))], [])))
      )
      yield* Effect.yieldNow()
      yield* Scope.close(scope, Exit.void)
      const outcomes = yield* Effect.forEach(many, (fiber) => Fiber.join(fiber))
      const taken = outcomes.filter(Either.isRight).length
      expect(taken).toBeGreaterThan(0)
      expect(rowsOf(file)).toHaveLength(taken)
      const late = yield* Effect.flip(log.append(run, [entry(resumed(0))], []))
      expect(late.message).toMatch(/it has been closed/)
      for (const outcome of outcomes)
        if (Either.isLeft(outcome)) expect(outcome.left.message).toBe(late.message)
      yield* Scope.close(folder, Exit.void)
    })
  )
})
