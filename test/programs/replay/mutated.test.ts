import { describe, expect, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import type { Event } from "../../../src/domain/events.ts"
import { sha256 } from "../../../src/domain/hash.ts"
import { NodeId } from "../../../src/domain/ids.ts"
import { callKeyOf } from "../../../src/domain/search/callKey.ts"
import { replay } from "../../../src/programs/replay/replay.ts"
import { EventLog } from "../../../src/services/EventLog.ts"
import { LogAudit } from "../../../src/services/LogAudit.ts"
import { RunIds } from "../../../src/services/RunIds.ts"
import { type Row, rewritten, withChanged, withMore, without } from "../../support/rewriting.ts"
import { eventsOf } from "../../support/searching.ts"
import { forked } from "../fork/forking.ts"
import { at, dependentOn, divergenceOf, eventAt, positionsOf, withRun } from "./retold.ts"

describe("a log that was changed, with its chain made right again", () => {
  it.scopedLive("without one event: diverges at the first that cannot be without it", () =>
    withRun((rows) =>
      Effect.gen(function* () {
        for (const gone of rows.slice(0, -1)) {
          const changed = without(rows, ({ pos }) => pos === gone.pos)
          const divergence = yield* divergenceOf(changed)
          const expected = gone.pos === 0 ? 0 : dependentOn(rows, gone)!.pos - 1
          expect([gone.pos, gone.event._tag, divergence?.pos]).toEqual([gone.pos, gone.event._tag, expected])
          expect(divergence!.recorded).toEqual(at(changed, expected))
        }
      })
    )
  )

  it.scopedLive("with two neighbours exchanged: diverges there when one led to the other", () =>
    withRun((rows) =>
      Effect.gen(function* () {
        let dependent = 0
        for (const row of rows.slice(0, -1)) {
          const next = rows[row.pos + 1]!
          if (next !== dependentOn(rows, row)) continue
          dependent += 1
          const exchanged = rows.map((each) =>
            each === row ? { ...next, pos: row.pos } : each === next ? { ...row, pos: next.pos } : each
          )
          expect((yield* divergenceOf(exchanged))?.pos).toBe(row.pos)
        }
        expect(dependent).toBeGreaterThan(10)
      })
    )
  )

  it.scopedLive("with another score: says which, what follows, and what led to it; no call is in doubt", () =>
    withRun((rows) =>
      Effect.gen(function* () {
        for (const pos of positionsOf(rows, "ProgramEvaluated")) {
          const event = eventAt(rows, pos, "ProgramEvaluated")
          const divergence = yield* divergenceOf(
            withChanged(rows, pos, () => ({ ...event, score: event.score + 0.125 }))
          )
          expect(divergence).toMatchObject({
            pos,
            recorded: { score: event.score + 0.125 },
            derived: event,
            difference: [{ path: "score", left: event.score + 0.125, right: event.score }],
            reason: "score is not what follows",
            calls: { missing: [], extra: [], unjudged: [], undecided: 0, isWhole: true }
          })
          const causes = divergence!.causes.map((cause) => cause.event)
          expect(causes[0]).toMatchObject({ _tag: "ProgramWritten", node: event.node })
          expect(causes[1]).toMatchObject({ _tag: "CompletionRequested", place: event.node })
          expect(causes.at(-1)!._tag).toBe("RunStarted")
        }
      })
    )
  )

  it.scopedLive("with another answer: diverges at what was taken from it", () =>
    withRun((rows) =>
      Effect.gen(function* () {
        const answers = positionsOf(rows, "CompletionReceived").map(
          (pos) => [pos, eventAt(rows, pos, "CompletionReceived")] as const
        )
        const ended = positionsOf(rows, "SearchEnded")[0]!
        for (const [pos, event] of answers) {
          const [, { answer }] = answers.find(([, each]) => each.answer !== event.answer)!
          const divergence = yield* divergenceOf(withChanged(rows, pos, () => ({ ...event, answer })))
          // Two answers may hold the same program; then the digest tells them apart.
          expect([pos + 1, ended]).toContain(divergence?.pos)
          const written = at(rows, pos + 1)
          if (divergence!.pos === ended) continue
          expect(divergence!.derived).toMatchObject({ _tag: written._tag })
          expect(divergence!.difference.map(({ path }) => path)).toContain(
            written._tag === "InstructionWritten" ? "text" : "program"
          )
        }
      })
    )
  )

  it.scopedLive("without a call and all that came of it: names the call as missing", () =>
    withRun((rows) =>
      Effect.gen(function* () {
        const isOfIt = ({ event }: Row) =>
          ("place" in event && event.place === "d1") || ("node" in event && event.node === "d1")
        const changed = without(rows, (row) => isOfIt(row) && row.event._tag !== "HiddenScored")
        const divergence = yield* divergenceOf(changed)
        expect(divergence).toMatchObject({
          pos: positionsOf(changed, "GenerationRanked")[0],
          derived: null,
          open: [{ step: "Draft", place: "d1", index: 1 }],
          calls: { missing: [{ place: "d1", role: "draft" }], isWhole: true }
        })
        expect(divergence!.calls!.undecided).toBeGreaterThan(0)
      })
    )
  )

  it.scopedLive("with a call that nobody makes: names it as extra", () =>
    withRun((rows) =>
      Effect.gen(function* () {
        const asked = positionsOf(rows, "CompletionRequested")[0]!
        const event = eventAt(rows, asked, "CompletionRequested")
        const more = { event: { ...event, place: "d7", index: 7, callKey: sha256("d7") } as Event, cause: 0 }
        expect(yield* divergenceOf(withMore(rows, asked, [more]))).toMatchObject({
          pos: asked + 1,
          derived: null,
          calls: { missing: [], extra: [{ place: "d7", role: "draft" }], undecided: 0 }
        })
      })
    )
  )

  it.scopedLive("with other survivors: their calls are extra, those of the others missing", () =>
    withRun((rows) =>
      Effect.gen(function* () {
        const pos = positionsOf(rows, "GenerationRanked")[0]!
        const event = eventAt(rows, pos, "GenerationRanked")
        const [first, last] = event.survivors
        const other = ["d0", "d1", "d2"].find((node) => node !== first && node !== last)!
        // The story is told of another survivor, to its end.
        const renamed = (event: Event): Event => {
          const told = JSON.parse(JSON.stringify(event).replaceAll(`"${last}`, `"${other}`)) as Event
          if (told._tag !== "CompletionRequested" && told._tag !== "CompletionReceived") return told
          const role = Schema.is(NodeId)(told.place) ? "repair" : "explain"
          return { ...told, callKey: callKeyOf(told.place, role) }
        }
        const changed = rows.map((row) => (row.pos < pos ? row : { ...row, event: renamed(row.event) }))
        const divergence = yield* divergenceOf(changed)
        expect(divergence).toMatchObject({
          pos,
          derived: event,
          difference: [{ path: "survivors[1]", left: other, right: last }]
        })
        const { missing, extra } = divergence!.calls!
        expect(missing).toEqual([{ place: `${last}.e0`, role: "explain" }])
        expect(extra.map(({ place }) => place)).toContain(`${other}.e0`)
        for (const { place } of extra) expect(place.startsWith(`${other}.`)).toBe(true)
      })
    )
  )

  it.scopedLive("with a second attempt: needs the end of the first one", () =>
    withRun((rows) =>
      Effect.gen(function* () {
        const asked = positionsOf(rows, "CompletionRequested")[0]!
        const event = eventAt(rows, asked, "CompletionRequested")
        const { callKey, place } = event
        const failed = {
          event: { _tag: "CompletionFailed", callKey, place, attempt: 1, error: "E", reason: "" } as const,
          cause: asked
        }
        const again = { event: { ...event, attempt: 2 }, cause: rows[asked]!.cause }
        const toSecond = (story: ReadonlyArray<Row>, at: number) =>
          story.map((row) =>
            row.cause === asked && row.pos > at
              ? {
                  ...row,
                  cause: at,
                  event: row.event._tag === "CompletionReceived" ? { ...row.event, attempt: 2 } : row.event
                }
              : row
          )
        const honest = toSecond(withMore(rows, asked, [failed, again]), asked + 2)
        expect(yield* divergenceOf(honest)).toBeUndefined()
        expect(yield* divergenceOf(toSecond(withMore(rows, asked, [again]), asked + 1))).toMatchObject({
          pos: asked + 1,
          reason: expect.stringContaining("has not ended")
        })
        const left = { event: { _tag: "RunInterrupted", by: "signal", reason: "" } as const, cause: null }
        expect(yield* divergenceOf(withMore(rows, asked, [left]))).toMatchObject({
          pos: asked + 2,
          reason: expect.stringContaining("nobody has taken up the run")
        })
      })
    )
  )

  it.scopedLive("with anything after its end: diverges there", () =>
    withRun((rows) =>
      Effect.gen(function* () {
        for (const tag of ["CompletionRequested", "ProgramWritten", "SearchEnded", "RunFinished"] as const) {
          const again = rows[positionsOf(rows, tag)[0]!]!
          const divergence = yield* divergenceOf([...rows, { ...again, pos: rows.length }])
          expect(divergence).toMatchObject({ pos: rows.length, reason: "the run has finished" })
        }
      })
    )
  )

  it.scopedLive("passes for whole by its chain: nothing but a replay can tell", () =>
    withRun((rows) =>
      Effect.gen(function* () {
        const pos = positionsOf(rows, "ProgramEvaluated")[2]!
        const runId = yield* rewritten(without(rows, (row) => row.pos === pos))
        const { findings } = yield* (yield* LogAudit).audit(runId)
        expect(findings).toEqual([])
        expect((yield* replay(runId)).divergence).toBeDefined()
      })
    )
  )

  it.scopedLive("in a fork: causes lead through what is inherited to the parent's beginning", () =>
    withRun((rows) =>
      Effect.gen(function* () {
        const parent = rows[0]!.runId
        const { result } = yield* forked(parent, { at: "gen:0", overrides: { maxPrograms: 3 } })
        const all = yield* eventsOf(result.runId)
        const begun = all.findIndex(({ event }) => event._tag === "RunForked")
        const asked = all.findIndex(({ event }, pos) => pos > begun && event._tag === "CompletionRequested")
        const event = eventAt(all, asked, "CompletionRequested")
        const own = withChanged(all, asked, () => ({ ...event, requestHash: sha256("other") })).slice(begun)
        const runId = yield* (yield* RunIds).next
        yield* (yield* EventLog).branch(runId, { parent, position: begun - 1 }, own, [])
        const { divergence } = yield* replay(runId)
        expect(divergence).toMatchObject({
          pos: asked,
          derived: event,
          difference: [{ path: "requestHash", right: event.requestHash }],
          calls: { missing: [], extra: [], isWhole: true }
        })
        const causes = divergence!.causes
        expect(causes.at(-1)).toMatchObject({ pos: 0, run: parent, event: { _tag: "RunStarted" } })
        expect(causes.find((cause) => cause.pos === begun)).toMatchObject({
          run: runId,
          event: { _tag: "RunForked" }
        })
      })
    )
  )
})
