import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync
} from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Array as Arr, Effect, Layer, type Scope, Stream } from "effect"
import { layerLogReader } from "../../../src/programs/layers.ts"
import { type LogFile, layerReader, layerWriter } from "../../../src/services/EventLog/sqlite/connect.ts"
import { schemaVersion } from "../../../src/services/EventLog/sqlite/migrate.ts"
import { EventLog, type LogFailed, type LogRefused } from "../../../src/services/EventLog.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { openLog } from "./openLog.ts"
import { entry, resumed, run, started } from "./samples.ts"

const database = (file: string, ...statements: ReadonlyArray<string>): void => {
  const made = new Database(file)
  for (const statement of statements) made.exec(statement)
  made.close()
}

/** A log with some events, closed. */
const madeLog = (file: string) =>
  Effect.scoped(
    Effect.gen(function* () {
      const { log } = yield* openLog(file)
      yield* log.append(
        run,
        [entry(started()), ...Arr.makeBy(400, (index) => entry(resumed(index)))],
        ["text"]
      )
    })
  )

const poke = (file: string, at: number, bytes: ReadonlyArray<number> | Buffer): void => {
  const content = readFileSync(file)
  Buffer.from(bytes).copy(content, at)
  writeFileSync(file, content)
}

/** What a file is before it is refused, and what the refusal has to say. */
type Bad = readonly [string, (file: string) => Effect.Effect<unknown, LogFailed | LogRefused>, RegExp]

const sync = (make: (file: string) => void) => (file: string) => Effect.sync(() => make(file))
const damage = (change: (file: string) => void) => (file: string) =>
  Effect.tap(madeLog(file), () => Effect.sync(() => change(file)))

const bad: ReadonlyArray<Bad> = [
  ["a text file", sync((file) => writeFileSync(file, "dear diary\n".repeat(50))), /is not an SQLite file/],
  ["a short text", sync((file) => writeFileSync(file, "x")), /is not an SQLite file/],
  [
    "a picture",
    sync((file) => writeFileSync(file, Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Arr.range(0, 255)]))),
    /is not an SQLite file/
  ],
  ["another program's database", sync((file) => database(file, "CREATE TABLE t (x)")), /of another program/],
  [
    "another program's empty database",
    sync((file) => database(file, "CREATE TABLE t (x)", "DROP TABLE t")),
    /of another program/
  ],
  [
    "another program's database with WAL",
    sync((file) =>
      database(file, "PRAGMA journal_mode = WAL", "CREATE TABLE t (x)", "PRAGMA application_id = 7")
    ),
    /of another program/
  ],
  [
    "a newer log",
    damage((file) => database(file, `PRAGMA user_version = ${schemaVersion + 1}`)),
    new RegExp(`has version ${schemaVersion + 1}, and this seidr knows ${schemaVersion}`)
  ],
  ["a truncated log", damage((file) => truncateSync(file, statSync(file).size - 4096)), /is damaged/],
  ["a log cut within a page", damage((file) => truncateSync(file, 9_000)), /is damaged/],
  [
    "a log with another page size in its header",
    damage((file) => poke(file, 16, [0, 3])),
    /damaged|not an SQLite/
  ],
  ["a log with a broken name in its header", damage((file) => poke(file, 3, [0])), /is not an SQLite file/],
  ["a log with a broken mark", damage((file) => poke(file, 68, [0])), /of another program/],
  ["a log with a broken page", damage((file) => poke(file, 4096 * 2, Buffer.alloc(64, 0xa5))), /is damaged/],
  ["a folder", sync((file) => mkdirSync(file)), /it is a folder/],
  ["a device", sync((file) => symlinkSync("/dev/null", file)), /not a regular file/]
]

const openings: ReadonlyArray<
  readonly [string, (file: string) => Layer.Layer<LogFile, LogFailed | LogRefused>]
> = [
  ["writing", layerWriter],
  ["reading", layerReader]
]

const refusal = (layer: Layer.Layer<LogFile, LogFailed | LogRefused>) =>
  Effect.flip(Effect.scoped(Layer.build(layer)))

const imageOf = (folder: string) =>
  readdirSync(folder).map((name) => {
    const path = join(folder, name)
    const stats = statSync(path)
    return [name, stats.mtimeMs, stats.isFile() ? readFileSync(path).toString("base64") : ""] as const
  })

describe.each(openings)("opening for %s", (_, layer) => {
  it.scopedLive.each(bad)("refuses %s by name, and leaves it as it is", ([, make, reason]) =>
    Effect.gen(function* () {
      const file = yield* temporaryLog
      yield* make(file)
      const before = imageOf(dirname(file)).filter(([name]) => !/-(wal|shm)$/.test(name))
      const error = yield* refusal(layer(file))
      expect(error._tag).toBe("LogRefused")
      expect(error.message).toMatch(reason)
      expect(error.message).toContain(file)
      expect(imageOf(dirname(file)).filter(([name]) => !/-(wal|shm)$/.test(name))).toEqual(before)
    })
  )

  it.scopedLive("does not even open another program's database, beside which it would leave files", () =>
    Effect.gen(function* () {
      const file = yield* temporaryLog
      const other = new Database(file)
      other.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)")
      const before = imageOf(dirname(file))
      expect((yield* refusal(layer(file))).message).toMatch(/of another program/)
      expect(imageOf(dirname(file))).toEqual(before)
      other.close()
    })
  )

  it.scopedLive("refuses a place in a folder that is not there", () =>
    Effect.gen(function* () {
      const file = join(dirname(yield* temporaryLog), "nowhere", "log.db")
      expect((yield* refusal(layer(file))).message).toMatch(/nowhere does not exist|there is no log yet/)
      expect(existsSync(dirname(file))).toBe(false)
    })
  )
})

describe("opening for reading", () => {
  it.scopedLive("makes no file where there is none, nor of an empty one", () =>
    Effect.gen(function* () {
      const file = yield* temporaryLog
      expect((yield* refusal(layerReader(file))).message).toMatch(/there is no log yet/)
      expect(readdirSync(dirname(file))).toEqual([])
      writeFileSync(file, "")
      expect((yield* refusal(layerReader(file))).message).toMatch(/there is no log yet/)
      expect(statSync(file).size).toBe(0)
    })
  )
})

describe("opening for writing", () => {
  const countOf = (file: string): Effect.Effect<number, LogFailed | LogRefused, Scope.Scope> =>
    Effect.flatMap(openLog(file), ({ log }) => Stream.runCount(log.read(run)))

  it.scopedLive("takes an empty file, and a log that it made before", () =>
    Effect.gen(function* () {
      const file = yield* temporaryLog
      writeFileSync(file, "")
      yield* madeLog(file)
      expect(yield* countOf(file)).toBe(401)
      expect(readdirSync(dirname(file)).filter((name) => !name.startsWith("log.db"))).toEqual([])
    })
  )

  it.scopedLive("goes on after a process that was ended before the first commit was whole", () =>
    Effect.gen(function* () {
      const file = yield* temporaryLog
      const crashed = join(dirname(file), "crashed.db")
      const made = new Database(file)
      made.exec(
        "BEGIN; PRAGMA application_id = 1578967041; CREATE TABLE event (x); PRAGMA user_version = 1; COMMIT"
      )
      made.close()
      writeFileSync(crashed, readFileSync(file).subarray(0, 4_096))
      // A journal that says: before this commit there was no page at all.
      const journal = Buffer.alloc(512)
      Buffer.from("d9d505f920a163d7", "hex").copy(journal)
      journal.writeUInt32BE(512, 20)
      journal.writeUInt32BE(4_096, 24)
      writeFileSync(`${crashed}-journal`, journal)
      expect((yield* refusal(layerReader(crashed))).message).toMatch(/there is no log yet/)
      yield* madeLog(crashed)
      expect(yield* countOf(crashed)).toBe(401)
    })
  )

  it.scopedLive("takes names that SQLite would read otherwise for names of files", () =>
    Effect.gen(function* () {
      const folder = dirname(yield* temporaryLog)
      const file = join(folder, ":memory:")
      yield* madeLog(file)
      expect(yield* countOf(file)).toBe(401)
      expect(statSync(file).size).toBeGreaterThan(4_096)
    })
  )

  it.scopedLive("refuses a network file system, unless the user insists", () =>
    Effect.gen(function* () {
      const file = yield* temporaryLog
      for (const [type, name] of [
        [0x6969, "NFS"],
        [0xff534d42, "CIFS"],
        [0xff534d42 | 0, "CIFS"],
        [0xfe534d42, "SMB2"],
        [0x00c36400, "Ceph"]
      ] as const) {
        const error = yield* refusal(layerWriter(file, { statFs: () => ({ type }) }))
        expect(error.message).toMatch(new RegExp(`network file system \\(${name}\\).*local disk`))
        expect(readdirSync(dirname(file))).toEqual([])
      }
      const onNfs = { statFs: () => ({ type: 0x6969 }), allowNetworkFileSystem: true }
      yield* Effect.scoped(Layer.build(layerWriter(file, onNfs)))
      yield* Effect.scoped(Layer.build(layerWriter(file, { statFs: () => ({ type: 0xef53 }) })))
      expect(existsSync(file)).toBe(true)
    })
  )
})

describe("a log opened for reading", () => {
  it.scopedLive("takes nothing", () =>
    Effect.gen(function* () {
      const file = yield* temporaryLog
      yield* madeLog(file)
      const log = yield* Effect.provide(EventLog, layerLogReader({ database: file }))
      const error = yield* Effect.flip(log.append(run, [entry(resumed(0))], []))
      expect(error.message).toMatch(/opened for reading only/)
    })
  )
})
