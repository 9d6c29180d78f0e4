import { spawnSync } from "node:child_process"
import { mkdirSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect } from "effect"
import { sha256 } from "../../../src/domain/hash.ts"
import { replay } from "../../../src/programs/replay/replay.ts"
import { EventLog } from "../../../src/services/EventLog.ts"
import { madeLog, rewritten } from "../../support/rewrittenLog.ts"
import { tablesOf } from "../../support/tables.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { compact, countIn, namesIn, reading, rowsOf, twoRuns, verified } from "./compacting.ts"
import { openLog } from "./openLog.ts"
import { entry, resumed, run, runNamed } from "./samples.ts"
import { exported, imported, merged, temporaryArchive } from "./transfer.ts"

describe("compacting a log", () => {
  it.scopedLive("drops what no event names, and keeps everything else as it is", () =>
    Effect.gen(function* () {
      const { database, parent, child } = yield* madeLog
      yield* Effect.scoped(
        Effect.flatMap(openLog(database), ({ log }) => log.append(parent, [], ["nobody names this"]))
      )
      const before = [rowsOf(database, parent, child), (yield* verified(database)).heads]
      const trial = yield* compact(database, {}, { isTrial: true })
      expect(trial.texts).toMatchObject({ dropped: 1, redacted: 0, shared: 0 })
      const { texts, events, after } = yield* compact(database)
      expect([texts, events]).toEqual([trial.texts, trial.events])
      expect(after).toBeLessThanOrEqual(trial.before)
      const { findings, heads } = yield* verified(database)
      expect(findings).toEqual([])
      expect([rowsOf(database, parent, child), heads]).toEqual(before)
      expect(namesIn(dirname(database))).toEqual(["log.db"])
      expect((yield* compact(database)).texts.dropped).toBe(0)
    })
  )

  it.scopedLive("drops runs with all that continue them, and nothing of others", () =>
    Effect.gen(function* () {
      const { database, parent, child } = yield* madeLog
      const before = rowsOf(database, parent)
      expect((yield* Effect.flip(compact(database, { drop: [parent] }))).message).toMatch(
        new RegExp(`run ${child} continues run ${parent}, which cannot be dropped without it`)
      )
      expect(yield* compact(database, { drop: [child] })).toMatchObject({ runs: { kept: 1, dropped: 1 } })
      expect((yield* verified(database)).findings).toEqual([])
      expect(rowsOf(database, parent)).toEqual(before)
      expect(yield* compact(database, { drop: [parent] })).toMatchObject({
        runs: { kept: 0, dropped: 1 },
        texts: { kept: 0 }
      })
      for (const table of ["event", "blob", "lineage", "run", "lease"])
        expect(countIn(database, table)).toBe(0)
    })
  )

  it.scopedLive(
    "takes a run's texts out and leaves their hashes: the chain stays, verify counts, replay says where",
    () =>
      Effect.gen(function* () {
        const { database, parent, child } = yield* madeLog
        const before = [rowsOf(database, parent, child), (yield* verified(database)).heads]
        const half = yield* compact(database, { redact: [parent] })
        expect(half.texts.redacted).toBeGreaterThan(0)
        expect(half.texts.shared).toBeGreaterThan(0)
        // The fork that keeps its texts keeps also those that it has inherited.
        expect(yield* reading(database, replay(child))).toMatchObject({ divergence: undefined, redacted: [] })
        const whole = yield* compact(database, { redact: [parent, child] })
        expect(whole.texts.shared).toBe(0)
        const { findings, heads, redacted, texts } = yield* verified(database)
        expect([findings, redacted]).toEqual([[], half.texts.redacted + whole.texts.redacted])
        // What is left says what the runs are about.
        expect(texts).toBe(2)
        expect([rowsOf(database, parent, child), heads]).toEqual(before)
        const replayed = yield* reading(database, replay(parent))
        expect(replayed.divergence).toBeUndefined()
        expect(replayed.redacted.length).toBeGreaterThan(5)
        const { ref } = replayed.redacted[0]!
        const asked = yield* reading(database, Effect.flip(Effect.flatMap(EventLog, (log) => log.text(ref))))
        expect(asked.message).toMatch(/was taken out by `seidr compact`/)
      })
  )

  it.scopedLive("takes single texts out, but not what a run is about", () =>
    Effect.gen(function* () {
      const { database } = yield* madeLog
      const file = new Database(database, { readonly: true })
      const one = (path: string, type: string) =>
        String(
          file.prepare(`SELECT data ->> '${path}' FROM event WHERE type = '${type}' LIMIT 1`).pluck().get()
        )
      const [answer, document] = [
        one("$.answer", "CompletionReceived"),
        one("$.problem.document", "RunStarted")
      ]
      file.close()
      const refusal = (texts: ReadonlyArray<string>) =>
        Effect.map(Effect.flip(compact(database, { texts })), ({ message }) => message)
      expect(yield* refusal([document])).toMatch(/says what run .* is about/)
      expect(yield* refusal([sha256("elsewhere")])).toMatch(/no event of a run that stays names/)
      expect((yield* compact(database, { texts: [answer] })).texts).toMatchObject({ redacted: 1, dropped: 0 })
      expect(yield* verified(database)).toMatchObject({ findings: [], redacted: 1 })
    })
  )

  it.scopedLive("goes along with what was taken out when runs are exported, imported and merged", () =>
    Effect.gen(function* () {
      const { database, parent, child } = yield* madeLog
      const whole = yield* rewritten(database, () => {})
      yield* compact(database, { redact: [parent, child] })
      const archive = yield* temporaryArchive
      yield* exported(database, archive)
      const [copy, both, later] = [yield* temporaryLog, yield* temporaryLog, yield* temporaryLog]
      yield* imported(archive, copy)
      expect(tablesOf(copy)).toEqual(tablesOf(database))
      expect(yield* verified(copy)).toMatchObject({
        findings: [],
        redacted: (yield* verified(database)).redacted
      })
      // What another log still has comes back, whoever comes first, and that it was taken out stays known.
      yield* merged([copy, whole], both)
      yield* merged([copy], later)
      yield* merged([whole], later)
      expect(tablesOf(later)).toEqual(tablesOf(both))
      expect(yield* verified(both)).toMatchObject({ findings: [], redacted: 0 })
      expect(countIn(both, "blob")).toBe(countIn(whole, "blob"))
      expect(countIn(both, "redacted")).toBe(countIn(copy, "redacted"))
    })
  )

  it.scopedLive("writes elsewhere when told to, and leaves the log as it is", () =>
    Effect.gen(function* () {
      const database = yield* twoRuns
      const out = join(dirname(database), "smaller.db")
      yield* compact(database, { drop: [runNamed(2)] }, { out })
      expect([countIn(database, "lineage"), countIn(database, "blob")]).toEqual([2, 3])
      expect([countIn(out, "lineage"), countIn(out, "blob")]).toEqual([1, 1])
      expect((yield* Effect.flip(compact(database, {}, { out }))).message).toMatch(/is there already/)
      expect((yield* Effect.flip(compact(database, {}, { out: database }))).message).toMatch(/the log itself/)
    })
  )

  it.scopedLive("refuses a log in which a run is driven, or whose content is damaged", () =>
    Effect.gen(function* () {
      const database = yield* twoRuns
      const { leases } = yield* openLog(database)
      const refusal = yield* Effect.scoped(
        Effect.zipRight(leases.acquire(run), Effect.flip(compact(database)))
      )
      expect(refusal.message).toMatch(/is being driven by process/)
      const file = new Database(database)
      file.exec("DROP TRIGGER blob_is_never_deleted")
      file.exec(`DELETE FROM blob WHERE hash = '${sha256("document 2")}'`)
      file.close()
      expect((yield* Effect.flip(compact(database))).message).toMatch(/it is damaged \(run .* is missing\)/)
      expect(countIn(database, "blob")).toBe(2)
    })
  )

  it.scopedLive("begins anew when the log is written meanwhile, and loses nothing of that", () =>
    Effect.gen(function* () {
      const database = yield* twoRuns
      const { log } = yield* openLog(database)
      let written = 0
      const write = Effect.suspend(() => {
        written += 1
        return written > 2 ? Effect.void : Effect.orDie(log.append(run, [entry(resumed(10 + written))], []))
      })
      yield* compact(database, {}, { observe: (stage) => (stage === "checking" ? write : Effect.void) })
      expect(countIn(database, "event")).toBe(7)
      expect(countIn(database, "blob")).toBe(2)
      written = -10
      const stubborn = compact(
        database,
        {},
        { observe: (stage) => (stage === "checking" ? write : Effect.void) }
      )
      expect((yield* Effect.flip(stubborn)).message).toMatch(/other processes keep writing it/)
    })
  )

  it.scopedLive("lets another process go on, which writes again the texts that it knew to be there", () =>
    Effect.gen(function* () {
      const database = yield* twoRuns
      const { log } = yield* openLog(database)
      yield* log.append(run, [entry(resumed(3))], ["a text"])
      yield* compact(database)
      expect(countIn(database, "blob")).toBe(2)
      yield* log.append(run, [entry(resumed(4))], ["a text"])
      expect(countIn(database, "blob")).toBe(3)
    })
  )

  it.scopedLive("leaves the old log or the new one, whole, wherever it is killed", () =>
    Effect.gen(function* () {
      const database = yield* twoRuns
      const folder = dirname(database)
      const moments: Array<string> = []
      // What a process that is killed here would leave: the files as they are, copied by another process, since this
      // one would give up its locks if it closed them.
      const keep = Effect.sync(() => {
        const moment = join(folder, `moment${moments.length}`)
        mkdirSync(moment)
        spawnSync("bash", ["-c", 'cp "$0"* "$1"', database, moment])
        moments.push(moment)
      })
      yield* compact(database, { drop: [runNamed(2)] }, { observe: () => keep })
      expect(moments.length).toBeGreaterThan(5)
      const contents: Array<string> = []
      for (const moment of moments) {
        const left = join(moment, basename(database))
        const file = new Database(left)
        expect(file.pragma("integrity_check", { simple: true })).toBe("ok")
        file.close()
        contents.push(
          `${countIn(left, "lineage")} runs, ${countIn(left, "event")} events, ${countIn(left, "blob")} texts`
        )
      }
      const [old, now] = ["2 runs, 5 events, 3 texts", "1 runs, 3 events, 1 texts"]
      expect(new Set(contents.slice(0, -1))).toEqual(new Set([old]))
      expect(contents.at(-1)).toBe(now)
    })
  )
})
