import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect, Layer } from "effect"
import { type Random, randomFor } from "../../src/domain/random.ts"
import { EventLog } from "../../src/services/EventLog.ts"
import { openLog } from "../services/EventLog/openLog.ts"
import { slowDisk } from "../support/slowDisk.ts"
import { temporaryLog } from "../support/temporaryLog.ts"
import { checkpoint, verified, withRuns } from "./support/madeLog.ts"

/** What was acknowledged when the write-ahead log had a size: so many events and texts. */
interface Boundary {
  readonly size: number
  readonly events: number
  readonly texts: number
}

const countIn = (database: string, table: string): number => {
  const file = new Database(database, { readonly: true })
  const count = file.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
  file.close()
  return count
}

const rowsOf = (database: string): ReadonlyArray<string> => {
  const file = new Database(database, { readonly: true })
  const rows = file
    .prepare("SELECT * FROM event ORDER BY seq")
    .all()
    .map((row) => JSON.stringify(row))
  file.close()
  return rows
}

/**
 * The files that a crash would have left: one run and its fork are checkpointed, another pair is in the write-ahead log,
 * with a note of what was acknowledged at which of its sizes.
 */
const crashedLog = Effect.gen(function* () {
  const database = yield* temporaryLog
  yield* withRuns(database, 1, () => undefined)
  checkpoint(database)
  const wal = `${database}-wal`
  const boundaries: Array<Boundary> = []
  const note = () => {
    boundaries.push({
      size: statSync(wal, { throwIfNoEntry: false })?.size ?? 0,
      events: countIn(database, "event"),
      texts: countIn(database, "blob")
    })
  }
  const noted = Effect.sync(note)
  // One commit after another, and a note between them.
  const noting = Layer.provideMerge(
    slowDisk(() => noted),
    Layer.effect(
      EventLog,
      Effect.map(EventLog, (log) => ({
        ...log,
        append: (...call: Parameters<typeof log.append>) => Effect.tap(log.append(...call), noted),
        branch: (...call: Parameters<typeof log.branch>) => Effect.tap(log.branch(...call), noted)
      }))
    )
  )
  const image = join(dirname(database), "image.db")
  const { parent } = yield* withRuns(
    database,
    2,
    () => {
      note()
      for (const end of ["", "-wal", "-shm"]) copyFileSync(database + end, image + end)
    },
    noting
  )
  return { image, parent, boundaries, rows: rowsOf(database) }
})

type Crashed = Effect.Effect.Success<typeof crashedLog>

/** The last thing that was acknowledged before the write-ahead log reached a byte that is damaged now. */
const before = ({ boundaries }: Crashed, damagedAt: number): Boundary =>
  boundaries.filter(({ size }) => size <= damagedAt).at(-1) ?? boundaries[0]!

/** Opens what the damage has left as any process would, and shows that it is what was acknowledged before it. */
const expectPrefix = (crashed: Crashed, random: Random, damagedAt: number, change: (wal: string) => void) =>
  Effect.scoped(
    Effect.gen(function* () {
      const copy = yield* temporaryLog
      for (const end of ["", "-wal", "-shm"]) {
        // The index is left behind by a process that was killed, and lost by a machine.
        if (end !== "-shm" || random.chance(0.5)) copyFileSync(crashed.image + end, copy + end)
      }
      change(`${copy}-wal`)
      yield* Effect.scoped(openLog(copy))
      yield* Effect.promise(() => new Promise(setImmediate))
      const { events, texts } = before(crashed, damagedAt)
      expect(rowsOf(copy), `damaged at ${damagedAt}`).toEqual(crashed.rows.slice(0, events))
      expect(countIn(copy, "blob")).toBe(texts)
      if (random.chance(0.05)) expect((yield* verified(copy)).findings).toEqual([])
    })
  )

const minutes = { timeout: 1_800_000 }

describe("a write-ahead log of which a crash has left", minutes, () => {
  it.scopedLive("a part is the log as it was acknowledged up to there, wherever it is cut", () =>
    Effect.gen(function* () {
      const crashed = yield* crashedLog
      const random = randomFor(1, "cuts")
      const { size } = statSync(`${crashed.image}-wal`)
      expect(crashed.boundaries.length).toBeGreaterThan(30)
      expect(crashed.boundaries[0]!.events).toBeGreaterThan(50)
      let cuts = 0
      for (let at = 0; at <= size; at += 512) {
        yield* expectPrefix(crashed, random, at, (wal) => truncateSync(wal, at))
        cuts += 1
      }
      console.log(`${cuts} cuts of ${size} bytes with ${crashed.boundaries.length} commits`)
    })
  )

  it.scopedLive("all but a sector, or a flipped bit, is the log as it was acknowledged up to there", () =>
    Effect.gen(function* () {
      const crashed = yield* crashedLog
      const random = randomFor(2, "tears")
      const bytes = readFileSync(`${crashed.image}-wal`)
      for (let tear = 0; tear < 300; tear++) {
        const sector = 512 * random.integer(0, Math.floor(bytes.length / 512) - 1)
        const torn = Buffer.from(bytes)
        // A sector that never was written holds what was there before: nothing, or something older.
        if (random.chance(0.5)) torn.fill(0, sector, sector + 512)
        else bytes.copy(torn, sector, 0, 512)
        const first = torn.findIndex((byte, index) => byte !== bytes[index])
        if (first < 0) continue
        yield* expectPrefix(crashed, random, first, (wal) => writeFileSync(wal, torn))
      }
      for (let flip = 0; flip < 300; flip++) {
        const at = random.integer(0, bytes.length - 1)
        const flipped = Buffer.from(bytes)
        flipped[at] = flipped[at]! ^ (1 << random.integer(0, 7))
        yield* expectPrefix(crashed, random, at, (wal) => writeFileSync(wal, flipped))
      }
    })
  )

  it.scopedLive("less than somebody knows of is found out by verify with the head that was noted", () =>
    Effect.gen(function* () {
      const crashed = yield* crashedLog
      const { heads } = yield* verified(crashed.image)
      const head = heads.find(({ run }) => run === crashed.parent)!
      const { size } = before(crashed, crashed.boundaries.at(-1)!.size / 3)
      truncateSync(`${crashed.image}-wal`, size + 1)
      expect((yield* verified(crashed.image)).findings).toEqual([])
      const { findings } = yield* verified(crashed.image, crashed.parent, head)
      expect(findings).toMatchObject([
        { run: crashed.parent, what: expect.stringMatching(/ends here, and was expected to reach/) }
      ])
    })
  )
})
