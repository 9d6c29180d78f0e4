import { readFileSync, writeFileSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect, Layer } from "effect"
import type { RunId } from "../../src/domain/ids.ts"
import { randomFor } from "../../src/domain/random.ts"
import { layerAudit, layerLogReader } from "../../src/programs/layers.ts"
import { type Expected, verify } from "../../src/programs/verify/verify.ts"
import { madeLog, rewritten } from "../support/rewrittenLog.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

const verified = (database: string, only?: RunId, expected?: Expected) =>
  Effect.provide(verify(only, expected), Layer.merge(layerLogReader({ database }), layerAudit({ database })))

/** Changes a copy of the log as nobody should. */
const changed = (database: string, sql: string) =>
  rewritten(database, (file) => expect(file.prepare(sql).run().changes).toBeGreaterThan(0))

const evaluated = "(SELECT min(seq) FROM event WHERE type = 'ProgramEvaluated')"

describe("verify", () => {
  it.scopedLive("finds an honest log intact, and gives the heads of its runs", () =>
    Effect.gen(function* () {
      const { database, parent, child } = yield* madeLog
      const { findings, heads, events, texts } = yield* verified(database)
      expect(findings).toEqual([])
      expect(heads.map(({ run }) => run)).toEqual([parent, child])
      const file = new Database(database, { readonly: true })
      expect(events).toBe(file.prepare("SELECT count(*) FROM event").pluck().get())
      expect(texts).toBe(file.prepare("SELECT count(*) FROM blob").pluck().get())
      file.close()
      for (const { run, pos, hash } of heads) {
        expect((yield* verified(database, run, { pos, hash })).findings).toEqual([])
        expect((yield* verified(database, run, { pos: pos + 1, hash })).findings).toMatchObject([
          { run, pos, what: expect.stringContaining("expected to reach") }
        ])
        expect((yield* verified(database, run, { pos: 0, hash })).findings).toMatchObject([
          { run, pos: 0, what: expect.stringContaining("another past") }
        ])
      }
    })
  )

  it.scopedLive("names what was changed, and where", () =>
    Effect.gen(function* () {
      const { database } = yield* madeLog
      const changes = [
        [
          `UPDATE event SET data = json_set(data, '$.score', 0.99) WHERE seq = ${evaluated}`,
          /not what its hash/
        ],
        [`UPDATE event SET at = at - 1 WHERE seq = ${evaluated}`, /not what its hash/],
        [`DELETE FROM event WHERE seq = ${evaluated}`, /is missing before it/],
        [`DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)`, /list of runs|not what/],
        [`UPDATE event SET data = '{"' WHERE seq = ${evaluated}`, /is damaged/],
        ["UPDATE blob SET content = x'00' WHERE hash = (SELECT min(hash) FROM blob)", /is damaged/],
        ["DELETE FROM blob WHERE hash = (SELECT max(hash) FROM blob)", /is missing/],
        ["UPDATE run SET programs = programs + 1", /list of runs/],
        ["DELETE FROM lineage WHERE parent_id IS NULL", /not in the log|no line of lineage/],
        [
          "UPDATE lineage SET parent_id = (SELECT max(run_id) FROM lineage), parent_pos = 3",
          /descends from itself/
        ]
      ] as const
      for (const [sql, what] of changes) {
        const { findings } = yield* verified(yield* changed(database, sql))
        expect(findings.map((finding) => finding.what).join("\n"), sql).toMatch(what)
      }
    })
  )

  it.scopedLive("finds every flipped bit that changes what a reader would see", () =>
    Effect.gen(function* () {
      const { database } = yield* madeLog
      const bytes = readFileSync(database)
      const random = randomFor(1, "flips")
      const whole = yield* contentOf(database)
      let hits = 0
      for (let flip = 0; flip < 25; flip++) {
        const copy = yield* temporaryLog
        const flipped = Buffer.from(bytes)
        const at = random.integer(0, flipped.length - 1)
        flipped[at] = flipped[at]! ^ (1 << random.integer(0, 7))
        writeFileSync(copy, flipped)
        const content = yield* contentOf(copy)
        const outcome = yield* Effect.either(verified(copy))
        const isFound = outcome._tag === "Left" || outcome.right.findings.length > 0
        if (content !== whole) {
          hits += 1
          expect(isFound, `bit of byte ${at}`).toBe(true)
        }
      }
      expect(hits).toBeGreaterThan(5)
    })
  )
})

/** Everything that readers would see; undefined where a file cannot be read at all. */
const contentOf = (database: string) =>
  Effect.sync(() => {
    try {
      const file = new Database(database)
      const rows = ["event", "blob", "lineage", "run"].map((table) =>
        JSON.stringify(file.prepare(`SELECT * FROM ${table} ORDER BY 1`).all())
      )
      file.close()
      return rows.join("\n")
    } catch {
      return undefined
    }
  })
