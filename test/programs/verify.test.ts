import { copyFileSync, readFileSync, writeFileSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Duration, Effect, Layer } from "effect"
import type { RunId } from "../../src/domain/ids.ts"
import { randomFor } from "../../src/domain/random.ts"
import { fork } from "../../src/programs/fork/fork.ts"
import { layerAudit, layerLogReader } from "../../src/programs/layers.ts"
import { type Expected, verify } from "../../src/programs/verify/verify.ts"
import { oracleModel, preparedIn, searching, solveAndReplay } from "../support/searching.ts"
import { published } from "../support/settings.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

const settings = { ...published, maxPrograms: 10, drafts: 3, explanations: 1, repairs: 2, beamWidth: 2 }
const oracle = { seed: 6, cases: 4, skill: 0.3, silence: 0.1 }

/** A log with a run and a fork of it, not in use any more. */
const madeLog = Effect.gen(function* () {
  const database = yield* temporaryLog
  const runs = yield* Effect.gen(function* () {
    const { result: parent } = yield* solveAndReplay(preparedIn({ settings, oracle }))
    const child = yield* fork(
      {
        parent: parent.runId,
        at: { kind: "generation", generation: 0 },
        overrides: { maxPrograms: 4, ranking: { kind: "lexicase" } },
        answers: "adopt",
        label: undefined,
        maxOutage: Duration.zero
      },
      () => Effect.void,
      () => Effect.void
    )
    return { parent: parent.runId, child: child.runId }
  }).pipe(Effect.provide(searching({ database, model: oracleModel(oracle) })))
  // Everything in the one file, so that it can be copied and changed.
  const file = new Database(database)
  file.pragma("wal_checkpoint(TRUNCATE)")
  file.close()
  return { database, ...runs }
})

const verified = (database: string, only?: RunId, expected?: Expected) =>
  Effect.provide(verify(only, expected), Layer.merge(layerLogReader({ database }), layerAudit({ database })))

/** Changes a copy of the log as nobody should. */
const changed = (database: string, sql: string) =>
  Effect.gen(function* () {
    const copy = yield* temporaryLog
    copyFileSync(database, copy)
    const file = new Database(copy)
    for (const { name } of file
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      .all() as Array<{
      name: string
    }>) {
      file.exec(`DROP TRIGGER ${name}`)
    }
    file.pragma("foreign_keys = OFF")
    expect(file.prepare(sql).run().changes).toBeGreaterThan(0)
    file.close()
    return copy
  })

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
        ["UPDATE blob SET size = size + 1 WHERE hash = (SELECT min(hash) FROM blob)", /another size/],
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

  it.scopedLive("names a guard that is gone, changed or not seidr's", () =>
    Effect.gen(function* () {
      const { database } = yield* madeLog
      const file = new Database(database)
      file.exec("DROP TRIGGER event_is_never_changed")
      file.exec("DROP TRIGGER blob_is_never_changed")
      file.exec("CREATE TRIGGER blob_is_never_changed BEFORE UPDATE ON blob BEGIN SELECT 1; END")
      file.exec("CREATE TRIGGER mine AFTER INSERT ON event BEGIN DELETE FROM run; END")
      // Who looks at a log may make its own views.
      file.exec("CREATE VIEW best AS SELECT max(best_score) FROM run")
      file.close()
      expect((yield* verified(database)).findings.map(({ what }) => what)).toEqual([
        "the trigger event_is_never_changed is missing",
        "the trigger blob_is_never_changed is not what seidr makes",
        "the trigger mine is none of seidr's"
      ])
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
