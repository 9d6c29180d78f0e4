import { spawnSync } from "node:child_process"
import {
  copyFileSync,
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect, Layer } from "effect"
import { layerAudit, layerBackup, layerLogReader } from "../../../src/programs/layers.ts"
import { begin } from "../../../src/programs/solve/begin.ts"
import { verify } from "../../../src/programs/verify/verify.ts"
import { LogAudit } from "../../../src/services/LogAudit.ts"
import { type CopyProgress, LogBackup } from "../../../src/services/LogBackup.ts"
import { oracleModel, preparedIn, searching } from "../../support/searching.ts"
import { published } from "../../support/settings.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { openLog } from "./openLog.ts"
import { entry, resumed, run, started } from "./samples.ts"

const main = "dist/src/programs/main.js"
const oracle = { seed: 6, cases: 4, skill: 0.3, silence: 0.1 }
const settings = { ...published, maxPrograms: 10, drafts: 3, explanations: 1, repairs: 2, beamWidth: 2 }

const backup = (
  database: string,
  to: string,
  force = false,
  observe: (progress: CopyProgress) => Effect.Effect<void> = () => Effect.void
) =>
  Effect.provide(
    Effect.flatMap(LogBackup, (service) => service.backup(to, force, observe)),
    layerBackup({ database })
  )

const verified = (database: string) =>
  Effect.provide(
    verify(undefined, undefined),
    Layer.merge(layerLogReader({ database }), layerAudit({ database }))
  )

/** A log with a few events and a text, and nobody who has it open. */
const smallLog = Effect.gen(function* () {
  const file = yield* temporaryLog
  yield* Effect.scoped(
    Effect.flatMap(openLog(file), ({ log }) =>
      log.append(run, [entry(started()), entry(resumed(1))], ["text"])
    )
  )
  return { file, folder: dirname(file) }
})

const namesIn = (folder: string) => readdirSync(folder).filter((name) => !/-(wal|shm)$/.test(name))

describe("a backup", () => {
  it.scopedLive("of a log in which a search is writing is whole, and an exact prefix of what comes", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const copyAt = (events: number) => join(dirname(database), `${events}.db`)
      const moments = [0, 9, 23]
      const { runId } = yield* begin(
        preparedIn({ settings, oracle }),
        ({ pos }) => (moments.includes(pos) ? Effect.orDie(backup(database, copyAt(pos))) : Effect.void),
        () => Effect.void
      ).pipe(Effect.provide(searching({ database, model: oracleModel(oracle) })))
      const linkAt = (pos: number) =>
        Effect.provide(
          Effect.flatMap(LogAudit, (audit) => audit.linkAt(runId, pos)),
          layerAudit({ database })
        )
      const lengths: Array<number> = []
      for (const moment of moments) {
        const { findings, heads } = yield* verified(copyAt(moment))
        expect(findings).toEqual([])
        expect(heads[0]!.pos).toBeGreaterThanOrEqual(moment)
        expect(yield* linkAt(heads[0]!.pos)).toBe(heads[0]!.hash)
        lengths.push(heads[0]!.pos)
      }
      expect(lengths[0]).toBeLessThan((yield* verified(database)).heads[0]!.pos)
      const copy = new Database(copyAt(0), { readonly: true })
      expect(copy.prepare("SELECT count(*) FROM lease WHERE expires_at > 0").pluck().get()).toBe(0)
      copy.close()
    })
  )

  it.scopedLive("is of one moment: what is committed while pages are copied is not in it", () =>
    Effect.gen(function* () {
      const { file, folder } = yield* smallLog
      const other = new Database(file)
      let turns = 0
      const write = Effect.sync(() => {
        turns += 1
        other.exec(`INSERT INTO blob VALUES ('${turns}', 4, 'utf8', x'74657874')`)
      })
      const to = join(folder, "copy.db")
      const copy = yield* backup(file, to, false, () => write)
      expect(turns).toBeGreaterThan(0)
      expect(copy).toMatchObject({ file: to, runs: 1, events: 2 })
      other.close()
      const made = new Database(to, { readonly: true })
      expect(made.prepare("SELECT count(*) FROM blob").pluck().get()).toBe(1)
      made.close()
    })
  )

  it.scopedLive("replaces a log that nothing uses, and only when told to", () =>
    Effect.gen(function* () {
      const { file, folder } = yield* smallLog
      const to = join(folder, "copy.db")
      yield* backup(file, to)
      const before = readFileSync(to)
      expect((yield* Effect.flip(backup(file, to))).message).toMatch(/is there already; .*--force/)
      const user = new Database(to)
      user.prepare("SELECT count(*) FROM event").get()
      expect((yield* Effect.flip(backup(file, to, true))).message).toMatch(/is in use/)
      user.close()
      expect(readFileSync(to)).toEqual(before)
      yield* Effect.scoped(
        Effect.flatMap(openLog(file), ({ log }) => log.append(run, [entry(resumed(2))], []))
      )
      expect(yield* backup(file, to, true)).toMatchObject({ events: 3 })
      expect(namesIn(folder)).toEqual(["copy.db", "log.db"])
    })
  )

  const refusals: ReadonlyArray<readonly [string, (log: string, to: string) => void, RegExp]> = [
    ["the log by a symbolic link", (log, to) => symlinkSync(log, to), /it is the log itself/],
    ["the log by a hard link", (log, to) => linkSync(log, to), /it is the log itself/],
    ["another program's file", (_, to) => writeFileSync(to, "diary"), /not a log, and only a log/],
    ["a link to nowhere", (log, to) => symlinkSync(`${log}.gone`, to), /link to nowhere/],
    ["a name beside which a journal is left", (_, to) => writeFileSync(`${to}-wal`, "x"), /-wal is there/],
    ["a device", (_, to) => symlinkSync("/dev/null", to), /not a regular file/]
  ]
  it.scopedLive.each(refusals)("refuses %s, and leaves everything as it is", ([, make, reason]) =>
    Effect.gen(function* () {
      const { file, folder } = yield* smallLog
      const to = join(folder, "copy.db")
      make(file, to)
      const before = [namesIn(folder), readFileSync(file)]
      const error = yield* Effect.flip(backup(file, to, true))
      expect([error._tag, error.message]).toEqual(["CopyRefused", expect.stringMatching(reason)])
      expect([namesIn(folder), readFileSync(file)]).toEqual(before)
    })
  )

  it.scopedLive("refuses the log's own name, a part of it, and a folder that is not there", () =>
    Effect.gen(function* () {
      const { file, folder } = yield* smallLog
      const reasons = [
        [file, /the log itself/],
        [`${file}-journal`, /SQLite keeps a part of/],
        [join(folder, "nowhere", "copy.db"), /nowhere does not exist/],
        [folder, /it is a folder/]
      ] as const
      for (const [to, reason] of reasons)
        expect((yield* Effect.flip(backup(file, to))).message).toMatch(reason)
    })
  )

  it.scopedLive("leaves nothing half done when there is no room for it", () =>
    Effect.gen(function* () {
      const file = yield* temporaryLog
      const folder = dirname(file)
      copyFileSync("test/golden/v1.db", file)
      const limited = "ulimit -f 128; trap '' XFSZ; exec \"$@\""
      const words = [process.execPath, main, "backup", join(folder, "copy.db"), "--db", file]
      const { status, stderr } = spawnSync("bash", ["-c", limited, "bash", ...words], { encoding: "utf8" })
      expect([status, stderr]).toEqual([3, expect.stringMatching(/failed while copying it/)])
      expect(namesIn(folder)).toEqual(["log.db"])
      expect(existsSync(join(folder, "copy.db"))).toBe(false)
    })
  )
})
