import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Duration, Effect, FastCheck } from "effect"
import { draftId, type RunId } from "../../src/domain/ids.ts"
import { type Analysis, type AnalysisOptions, analysis } from "../../src/programs/analysis.ts"
import { fork } from "../../src/programs/fork/fork.ts"
import type { Spelled } from "../../src/programs/fork/point.ts"
import { historyOf } from "../../src/programs/history.ts"
import { treeOf } from "../../src/programs/tree.ts"
import { EventLog } from "../../src/services/EventLog.ts"
import { openLog } from "../services/EventLog/openLog.ts"
import { entry, evaluated, received, requested, run, started } from "../services/EventLog/samples.ts"
import { lawRuns } from "../support/lawRuns.ts"
import { oracleModel, preparedIn, searching, solveAndReplay } from "../support/searching.ts"
import { published, rankings, smallSettings } from "../support/settings.ts"
import { temporaryLog } from "../support/temporaryLog.ts"
import { viewRows } from "../support/viewRows.ts"

const orders = {
  nodes: "program_index",
  calls: "pos",
  cases: "pos, case_index",
  decisions: "pos, rank"
} as const

const analysed = (runId: RunId, options?: AnalysisOptions): Effect.Effect<Analysis, unknown, EventLog> =>
  Effect.map(analysis(runId, options), (found) => {
    expect(found).toBeDefined()
    return found!
  })

/** The library and the views of the file say the same of a run. */
const expectAgreement = (database: string, runId: RunId) =>
  Effect.gen(function* () {
    const found = yield* analysed(runId)
    for (const [view, order] of Object.entries(orders)) {
      expect(found[view as keyof typeof orders], view).toEqual(viewRows(database, view, runId, order))
    }
    const { run } = found
    const { settings, ended, hidden, best } = run
    expect(viewRows(database, "runs", runId, "1")).toMatchObject([
      {
        label: run.label,
        parentId: run.parent?.parent ?? null,
        parentPos: run.parent?.position ?? null,
        status: run.status,
        programs: run.programs,
        bestNode: best?.node ?? null,
        bestScore: best?.score ?? null,
        draftModel: settings.models.draft.name,
        maxPrograms: settings.maxPrograms,
        ranking: settings.ranking.kind,
        tournamentSize: settings.ranking.kind === "tournament" ? settings.ranking.size : null,
        temperature: settings.temperature.kind === "constant" ? settings.temperature.value : null,
        seed: settings.seed,
        generations: ended?.generations ?? null,
        tokensIn: ended?.used.tokens.in ?? null,
        surplusCalls: ended?.surplus.calls ?? null,
        stopIndex: ended?.status === "solved" ? ended.best.index : null,
        digest: ended?.digest ?? null,
        hiddenScore: hidden?.score ?? null,
        hiddenTotal: hidden?.total ?? null,
        startedAt: run.startedAt,
        finishedAt: run.finishedAt,
        events: run.events
      }
    ])
    return found
  })

const settingsOfFew = smallSettings.map((settings) => ({
  ...settings,
  maxPrograms: Math.min(8, settings.maxPrograms)
}))

const points: FastCheck.Arbitrary<Spelled> = FastCheck.oneof(
  FastCheck.constant({ kind: "generation" as const, generation: 0 }),
  FastCheck.constant({ kind: "node" as const, node: draftId(0) })
)

describe("an analysis", () => {
  it.scopedLive.prop(
    "says of runs and forks what the views say, and sees of a fork what its tree shows",
    [settingsOfFew, FastCheck.double({ min: 0, max: 0.9, noNaN: true }), points, rankings],
    ([settings, skill, at, ranking]) =>
      Effect.gen(function* () {
        const database = yield* temporaryLog
        const oracle = { seed: settings.seed, cases: 3, skill, silence: 0.1 }
        yield* Effect.gen(function* () {
          const { result } = yield* solveAndReplay(preparedIn({ settings, oracle }))
          yield* expectAgreement(database, result.runId)
          const child = yield* Effect.either(
            fork(
              {
                parent: result.runId,
                at,
                overrides: { maxPrograms: 4, ranking },
                answers: "adopt",
                label: "child",
                maxOutage: Duration.zero
              },
              () => Effect.void,
              () => Effect.void
            )
          )
          // A search that ends in its drafts has no ranking to fork at.
          if (child._tag === "Left") return
          const { runId } = child.right
          yield* expectAgreement(database, runId)
          const { nodes } = yield* analysed(runId, { inherited: true })
          const tree = treeOf((yield* historyOf(runId))!)
          const seen = nodes.filter(({ surplus }) => !surplus)
          expect(seen.map(({ node, programIndex, score }) => [node, programIndex, score])).toEqual(
            tree.map(({ id, index, score }) => [id, index, score])
          )
        }).pipe(Effect.provide(searching({ database, model: oracleModel(oracle) })))
      }),
    lawRuns(3)
  )

  it.scopedLive(
    "tells calls that were answered, adopted, failed and left open, and scores between 0 and 1",
    () =>
      Effect.gen(function* () {
        const database = yield* temporaryLog
        const { log } = yield* openLog(database)
        const failed = {
          _tag: "CompletionFailed",
          callKey: "b",
          place: draftId(0),
          attempt: 1,
          error: "ModelUnavailable",
          reason: "it is away"
        } as const
        yield* log.append(
          run,
          [
            entry(started()),
            entry(requested("a"), 0),
            entry(requested("b"), 0),
            entry(requested("c"), 0),
            entry(received("a"), 1),
            entry(failed, 2),
            entry(requested("d"), 0),
            entry({ ...received("d"), usage: null, adoptedFrom: run }, 6),
            entry({ ...evaluated(0, 1), verdicts: "PWTS", partial: [[1, 0.25]] }),
            entry({ _tag: "HiddenScored", node: draftId(0), verdicts: "PW", score: 0.6, passed: 1, total: 2 })
          ],
          []
        )
        const {
          calls,
          cases,
          run: record
        } = yield* Effect.provideService(expectAgreement(database, run), EventLog, log)
        expect(calls.map(({ outcome, tokensIn, reason }) => [outcome, tokensIn, reason])).toEqual([
          ["answered", 1, null],
          ["failed", null, "it is away"],
          ["open", null, null],
          ["adopted", null, null]
        ])
        expect(cases.map(({ verdict, score, hidden }) => [verdict, score, hidden])).toEqual([
          ["Passed", 1, false],
          ["WrongAnswer", 0.25, false],
          ["TimeLimit", 0, false],
          ["Skipped", 0, false],
          ["Passed", 1, true],
          ["WrongAnswer", null, true]
        ])
        expect(record).toMatchObject({ settings: published, ended: null, events: 10 })
      })
  )

  it.scopedLive("reads through to ancestors in SQL too", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const { log } = yield* openLog(database)
      const child = "01J00000000000000000000002" as RunId
      const grandchild = "01J00000000000000000000003" as RunId
      yield* log.append(run, [entry(started()), entry(evaluated(0, 1)), entry(evaluated(1, 2))], [])
      yield* log.branch(
        child,
        { parent: run, position: 1 },
        [entry(evaluated(2, 3)), entry(evaluated(3, 3))],
        []
      )
      yield* log.branch(grandchild, { parent: child, position: 0 }, [entry(evaluated(4, 4))], [])
      const file = new Database(database, { readonly: true })
      const nodes = file
        .prepare(
          `SELECT node FROM ancestry JOIN nodes ON nodes.run_id = source_id AND judged_pos BETWEEN from_pos AND to_pos
            WHERE ancestry.run_id = ? ORDER BY program_index`
        )
        .pluck()
      expect(nodes.all(run)).toEqual(["d0", "d1"])
      expect(nodes.all(child)).toEqual(["d0", "d2", "d3"])
      expect(nodes.all(grandchild)).toEqual(["d4"])
      const events = file.prepare("SELECT pos, source_id FROM effective_events WHERE run_id = ? ORDER BY pos")
      expect(events.raw().all(child)).toEqual([
        [0, run],
        [1, run],
        [2, child],
        [3, child]
      ])
      expect(events.all(grandchild)).toEqual([
        [0, run],
        [1, grandchild]
      ])
      file.close()
    })
  )
})
