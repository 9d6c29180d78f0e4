import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect } from "effect"
import type { RunId } from "../../src/domain/ids.ts"
import { madeLog, rechain, rewritten } from "../support/rewrittenLog.ts"
import { verified } from "./verifying.ts"

/** Changes a copy of the log as nobody should. */
const changed = (database: string, sql: string) =>
  rewritten(database, (file) => expect(file.prepare(sql).run().changes).toBeGreaterThan(0))

const another = "'0000000000000000000000000000000000000000000000000000000000000000'"

/** Takes an event out of the middle of a run, and closes the gap: the rows behind it move up one by one. */
const without = (condition: string, run: RunId): ReadonlyArray<string> => [
  `CREATE TEMP TABLE gone AS SELECT seq, pos FROM event WHERE ${condition}`,
  "DELETE FROM event WHERE seq = (SELECT seq FROM gone)",
  `UPDATE event SET pos = -pos WHERE run_id = '${run}' AND pos > (SELECT pos FROM gone)`,
  `UPDATE event SET cause_pos = cause_pos - 1 WHERE run_id = '${run}' AND cause_pos >= (SELECT pos FROM gone) AND cause_pos > 0`,
  `UPDATE event SET pos = -pos - 1 WHERE run_id = '${run}' AND pos < 0`
]

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

  it.scopedLive("names what cannot have been, though every chain is right", () =>
    Effect.gen(function* () {
      const { database, parent, child } = yield* madeLog
      const of = (type: string) => `seq = (SELECT min(seq) FROM event WHERE type = '${type}')`
      const put = (type: string, path: string, value: string) =>
        `UPDATE event SET data = json_set(data, '$.${path}', ${value}) WHERE ${of(type)}`
      const damages: ReadonlyArray<readonly [string, ReadonlyArray<string>, RegExp]> = [
        [
          "a program without a completion",
          without(`${of("CompletionReceived")} AND run_id = '${parent}'`, parent),
          /there is no answer for d/
        ],
        [
          "a completion that nobody asked for",
          without(`${of("CompletionRequested")} AND run_id = '${parent}'`, parent),
          /its call was never made/
        ],
        [
          "an evaluation of a program that was never written",
          without(`${of("ProgramWritten")} AND run_id = '${parent}'`, parent),
          /there is no program \d+ at d/
        ],
        ["a score that no execution gave", [put("ProgramEvaluated", "score", "0.125")], /score is not what/],
        [
          "an evaluation said to be that of another",
          [put("ProgramEvaluated", "source", "'same'")],
          /source is not what follows/
        ],
        ["cases that were never judged", [put("ProgramEvaluated", "passed", "4")], /passed is not what/],
        [
          "a program that is not in the answer",
          [put("ProgramWritten", "program", another)],
          /program is not/
        ],
        [
          "a survivor that was not selected",
          [put("GenerationRanked", "survivors", "json('[\"d2\"]')")],
          /survivors/
        ],
        [
          "a budget of programs",
          [put("SearchEnded", "used.programs", "9")],
          /used(?:\.\w+)* is not what follows/
        ],
        ["a budget of calls", [put("SearchEnded", "used.calls", "1")], /used(?:\.\w+)* is not what follows/],
        [
          "a budget of tokens",
          [put("SearchEnded", "used.tokens.in", "1")],
          /used(?:\.\w+)* is not what follows/
        ],
        [
          "tokens of an answer",
          [put("CompletionReceived", "usage.in", "1000")],
          /used(?:\.\w+)* is not what follows/
        ],
        [
          "what was surplus",
          [put("SearchEnded", "surplus.calls", "7")],
          /surplus(?:\.\w+)* is not what follows/
        ],
        [
          "what a fork inherited",
          [
            `UPDATE event SET data = json_set(data, '$.fork.inherited.calls', 0)
            WHERE type = 'SearchEnded' AND run_id = '${child}'`
          ],
          /fork(?:\.\w+)* is not what follows/
        ],
        ["the outcome", [put("RunFinished", "status", "'solved'")], /status is not what follows/],
        ["a projection", ["UPDATE run SET best_score = 1"], /list of runs/],
        ["a run that is not listed", [`DELETE FROM run WHERE run_id = '${child}'`], /list of runs/],
        [
          "a fork of another point",
          ["UPDATE lineage SET parent_pos = parent_pos - 1 WHERE parent_pos > 0"],
          /lineage|position/
        ],
        [
          "a fork that says another point",
          [put("RunForked", "position", "0")],
          /lineage do not say the same/
        ],
        [
          "an answer under another call",
          [`UPDATE event SET call_key = 'x' WHERE ${of("CompletionReceived")}`],
          /its call was never made/
        ],
        [
          "an answer that says another call than it is looked up by",
          [put("CompletionReceived", "callKey", "'x'")],
          /looked up by another call_key/
        ],
        [
          "a cause that comes later",
          [`UPDATE event SET cause_pos = pos + 1 WHERE ${of("ProgramWritten")}`],
          /does not come before it/
        ],
        ["the size of a text", ["UPDATE blob SET size = size + 1"], /it has another size/]
      ]
      for (const [name, statements, what] of damages) {
        const copy = yield* rewritten(database, (file) => {
          const changes = statements.map((statement) => file.prepare(statement).run().changes)
          expect(Math.max(...changes), name).toBeGreaterThan(0)
          rechain(file)
        })
        const { findings } = yield* verified(copy)
        const told = findings.map((finding) => finding.what)
        expect(told.join("\n"), name).toMatch(what)
        expect(told.join("\n"), name).not.toMatch(/not what its hash stands for/)
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
})
