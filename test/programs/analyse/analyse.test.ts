import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect, Layer } from "effect"
import type { RunId } from "../../../src/domain/ids.ts"
import { measure } from "../../../src/domain/metrics/run/measure.ts"
import { recorder } from "../../../src/domain/metrics/run/recorder.ts"
import { analyse } from "../../../src/programs/analyse/analyse.ts"
import { figuresCsv, runsCsv } from "../../../src/programs/analyse/csv.ts"
import { documentOf } from "../../../src/programs/analyse/document.ts"
import { runsTextOf, textOf } from "../../../src/programs/analyse/text.ts"
import { type ForkRequest, fork } from "../../../src/programs/fork/fork.ts"
import { spelled } from "../../../src/programs/fork/point.ts"
import { layerMetrics } from "../../../src/programs/layers.ts"
import { begin } from "../../../src/programs/solve/begin.ts"
import { RunCatalogue } from "../../../src/services/RunCatalogue.ts"
import { RunRecords } from "../../../src/services/RunRecords.ts"
import type { Oracle } from "../../support/oracle.ts"
import { eventsOf, oracleModel, preparedIn, searching } from "../../support/searching.ts"
import { published } from "../../support/settings.ts"
import { only } from "../../support/stepsLeft.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"

const settings = { ...published, maxPrograms: 10, drafts: 4, explanations: 1, repairs: 3, beamWidth: 2 }
const oracle: Oracle = { seed: 6, cases: 4, skill: 0.3, silence: 0.1 }

/** A log, the search's services over it, and what metrics read of it. */
const withLog = <A, E>(
  use: Effect.Effect<A, E, Layer.Layer.Success<ReturnType<typeof searching>> | RunRecords>
) =>
  Effect.gen(function* () {
    const database = yield* temporaryLog
    const live = searching({ database, model: oracleModel(oracle) })
    return yield* Effect.provide(use, Layer.provideMerge(layerMetrics({ database }), live))
  })

const solved = (seed: number, more: Partial<typeof settings> = {}) =>
  begin(
    preparedIn({ settings: { ...settings, ...more, seed }, oracle: { ...oracle, seed } }),
    () => Effect.void,
    () => Effect.void
  )

const forked = (parent: RunId, at: string, overrides: ForkRequest["overrides"]) =>
  fork(
    { parent, at: spelled(at)!, overrides, answers: "adopt", label: undefined, maxOutage: Duration.zero },
    () => Effect.void,
    () => Effect.void
  )

const options = { ks: [1, 10, 100], seed: 42, prices: new Map() }

describe("the record of a run", () => {
  it.scopedLive("is the same from its columns as from its events, and agrees with its end", () =>
    withLog(
      Effect.gen(function* () {
        const parent = yield* solved(6)
        expect(parent.status).toBe("unsolved")
        const children = yield* Effect.forEach(["gen:0", "d1.e0.r1", "d2"], (at) =>
          forked(parent.runId, at, { maxPrograms: 5 })
        )
        const grandchild = yield* forked(children[0]!.runId, "gen:1", { maxPrograms: 3 })
        for (const { runId } of [parent, ...children, grandchild]) {
          const stored = yield* eventsOf(runId)
          const { take, record } = recorder()
          for (const { at, event, runId: owner } of stored) take({ at, event, isOwn: owner === runId })
          const read = yield* (yield* RunRecords).of(runId)
          expect(read).toEqual(record())
          const found = measure(read!, options.prices)!
          const { used, surplus, fork } = only(
            stored.map(({ event }) => event),
            "SearchEnded"
          ).at(-1)!
          expect(found).toMatchObject({
            programs: used.programs,
            calls: used.calls,
            tokens: used.tokens,
            surplus: { programs: surplus.programs, calls: surplus.calls }
          })
          // What is inherited is counted by the run that made it, and what is adopted by nobody.
          expect(found.own.programs).toBe(used.programs - (fork?.inherited.programs ?? 0))
          const { calls, adopted } = found.own.bills[0] ?? { calls: 0, adopted: 0 }
          expect(calls + adopted - surplus.calls).toBe(used.calls - (fork?.inherited.calls ?? 0))
          if (runId !== grandchild.runId) expect(adopted).toBe(fork?.adopted.calls ?? 0)
        }
      })
    )
  )

  it.scopedLive("is not there for a run that is not", () =>
    withLog(
      Effect.gen(function* () {
        yield* solved(1)
        expect(yield* (yield* RunRecords).of("01J00000000000000000000009" as RunId)).toBeUndefined()
      })
    )
  )
})

describe("an analysis", () => {
  it.scopedLive("groups by setting and problem, compares, and says it as text, CSV and JSON", () =>
    withLog(
      Effect.gen(function* () {
        for (const seed of [1, 2]) {
          yield* solved(seed)
          yield* solved(seed, { drafts: 10 })
        }
        const parent = yield* solved(6)
        yield* forked(parent.runId, "gen:0", { maxPrograms: 3 })
        const runs = yield* (yield* RunCatalogue).list
        const analysis = yield* analyse([...runs, ...runs], options)
        expect(analysis.runs).toHaveLength(6)
        expect(analysis.settings.map(({ fields: { drafts, fork } }) => [drafts, fork])).toEqual([
          ["10", "none"],
          ["4", "none"],
          ["4", "generation"]
        ])
        expect(
          analysis.groups.map(({ setting, problem, summary }) => [setting, problem, summary.runs])
        ).toEqual([
          ["s1", "echo", 2],
          ["s1", null, 2],
          ["s2", "echo", 3],
          ["s2", null, 3],
          ["s3", "echo", 1],
          ["s3", null, 1]
        ])
        const [first] = analysis.comparisons
        expect(first).toMatchObject({ first: 0, second: 1, by: "solved", verdict: "undecided" })
        expect(first!.wins + first!.losses + first!.ties).toBe(2)
        const { summary } = analysis.groups[2]!
        expect(summary.seeds).toEqual([1, 2, 6])
        const found = analysis.runs.filter(({ setting, measures }) => setting === "s2" && measures.isSolved)
        expect(summary.solved).toMatchObject({ value: found.length / 3, n: 3 })
        expect(summary.curves.programs!.at(-1)!.solved.value).toBe(summary.solved.value)
        expect(summary.curves.programs!.at(-1)!.score.value).toBeCloseTo(summary.bestScore.value!, 12)
        // Without prices there is no cost.
        expect(summary.cost.value).toBeNull()
        expect(summary.curves.cost).toBeNull()
        const again = yield* analyse([...runs].reverse(), options)
        expect(documentOf(again)).toEqual(documentOf(analysis))
        const [head, ...rows] = figuresCsv(analysis)
        expect(head).toBe("setting,problem,metric,at,value,low,high,n,method")
        expect(rows).toContain(
          `s2,,solved,,${summary.solved.value},${summary.solved.low},${summary.solved.high},3,wilson`
        )
        expect(new Set(rows.map((row) => row.split(",").length))).toEqual(new Set([9]))
        expect(runsCsv(analysis)).toHaveLength(7)
        expect(runsTextOf(analysis)).toHaveLength(7)
        expect(textOf(analysis).join("\n")).toContain("6 runs under 3 settings")
      })
    )
  )

  it.scopedLive("of no run says nothing, and leaves out what has not ended", () =>
    withLog(
      Effect.gen(function* () {
        const nothing = yield* analyse([], options)
        expect(documentOf(nothing)).toMatchObject({ settings: [], groups: [], comparisons: [], runs: [] })
        expect(textOf(nothing)[0]).toBe("0 runs under 0 settings")
        expect(figuresCsv(nothing)).toHaveLength(1)
        const { runId } = yield* solved(1)
        const [run] = yield* (yield* RunCatalogue).list
        const stranger = { ...run!, runId: "01J00000000000000000000009" as RunId }
        const some = yield* analyse([run!, stranger], options)
        expect(some.unfinished).toEqual([stranger.runId])
        expect(some.runs.map((row) => row.runId)).toEqual([runId])
      })
    )
  )
})
