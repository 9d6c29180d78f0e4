import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Duration, Effect } from "effect"
import { NodeId } from "../../../src/domain/ids.ts"
import type { Overrides } from "../../../src/programs/fork/settings.ts"
import { resume } from "../../../src/programs/resume.ts"
import { RunCatalogue } from "../../../src/services/RunCatalogue.ts"
import { eventsOf, preparedIn, searching, solveAndReplay } from "../../support/searching.ts"
import { only } from "../../support/stepsLeft.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { counting, forked, nodesOf, oracle, settings, withParent } from "./forking.ts"

describe("a fork", () => {
  it.scopedLive(
    "copies nothing: it writes a line of lineage and its own events, which go on from the chain",
    () =>
      withParent((parent) =>
        Effect.gen(function* () {
          const { result } = yield* forked(parent, { at: "20", overrides: { maxPrograms: 5 } })
          const events = yield* eventsOf(result.runId)
          expect(events.slice(0, 21)).toEqual((yield* eventsOf(parent)).slice(0, 21))
          expect(events[21]!.event).toMatchObject({ _tag: "RunForked", parent, position: 20 })
          expect(new Set(events.slice(21).map(({ runId }) => runId))).toEqual(new Set([result.runId]))
          const { list } = yield* RunCatalogue
          expect((yield* list).map((run) => [run.runId, run.parent])).toEqual([
            [result.runId, { parent, position: 20 }],
            [parent, null]
          ])
        })
      )
  )

  it.scopedLive("at a node inherits the node's ancestors and nothing else, and its indices go on", () =>
    withParent((parent) =>
      Effect.gen(function* () {
        const all = yield* nodesOf(parent)
        const [node, index] = all.at(-1)!
        expect(NodeId.make(node)).toContain(".")
        const { result, events } = yield* forked(parent, { at: node, overrides: { maxPrograms: 3 } })
        const nodes = yield* nodesOf(result.runId)
        const own = nodes.filter(([id]) => id.startsWith(`${node}.`))
        expect(own.map(([, at]) => at)).toEqual([index + 1, index + 2, index + 3])
        const path = nodes.filter(([id]) => !id.startsWith(`${node}.`)).map(([id]) => id)
        expect(path).toEqual(all.map(([id]) => id).filter((id) => id === node || node.startsWith(`${id}.`)))
        expect(result).toMatchObject({ programs: 3, fork: { inherited: { programs: path.length } } })
        // A text that only others have had is run again: it is not known here.
        const after = events.slice(events.findIndex(({ _tag }) => _tag === "RunForked"))
        const seen = new Set(
          only(events, "ProgramEvaluated")
            .filter((event) => path.includes(event.node))
            .map((event) => event.program)
        )
        for (const { source, program } of only(after, "ProgramEvaluated")) {
          if (source === "same") expect(seen).toContain(program)
          seen.add(program)
        }
      })
    )
  )

  it.scopedLive("goes on after its parent's end, with a budget of its own", () =>
    withParent((parent) =>
      Effect.gen(function* () {
        const last = (yield* eventsOf(parent)).length - 1
        const { result } = yield* forked(parent, { at: String(last), overrides: { maxPrograms: 7 } })
        expect(result).toMatchObject({ programs: 7, fork: { inherited: { programs: 22 } } })
        const nodes = yield* nodesOf(result.runId)
        expect(nodes.map(([, index]) => index)).toEqual(nodes.map((_, index) => index))
      })
    )
  )

  it.scopedLive("does not see what its parent has not inherited", () =>
    withParent((parent) =>
      Effect.gen(function* () {
        const { result } = yield* forked(parent, { at: "d2", overrides: { maxPrograms: 3 } })
        for (const at of ["d1", "gen:0"]) {
          const error = yield* Effect.flip(forked(result.runId, { at }))
          expect(String((error as Error).message)).toContain("cannot be forked so")
        }
        expect(
          (yield* forked(result.runId, { at: "d2.e0.r0", overrides: { maxPrograms: 2 } })).result
        ).toMatchObject({
          programs: 2,
          fork: { inherited: { programs: 2 } }
        })
      })
    )
  )

  it.scopedLive("is resumed as any run", () =>
    withParent((parent) =>
      Effect.gen(function* () {
        const { result } = yield* forked(parent, { at: "gen:0", overrides: { maxPrograms: 9 } })
        expect(yield* resume(result.runId, Duration.zero, () => Effect.void)).toEqual(result)
      })
    )
  )

  it.scopedLive("of what cannot be read does not begin", () =>
    Effect.gen(function* () {
      const { model } = counting()
      const database = yield* temporaryLog
      yield* Effect.gen(function* () {
        const { result } = yield* solveAndReplay(preparedIn({ settings, oracle }))
        const file = new Database(database)
        file.exec("DROP TRIGGER event_is_never_changed; UPDATE event SET data = '{}' WHERE pos = 7")
        file.close()
        const error = yield* Effect.flip(forked(result.runId, { at: "end", overrides: { maxPrograms: 3 } }))
        expect(String(error)).toMatch(/event 7 of run \w+ is damaged/)
        expect((yield* (yield* RunCatalogue).list).map(({ runId }) => runId)).toEqual([result.runId])
      }).pipe(Effect.provide(searching({ database, model })))
    })
  )

  it.scopedLive.each([
    ["d77", "no judged node d77"],
    ["gen:9", "its generation 9 is not complete"],
    ["99999", "and not 99999"]
  ] as const)("at %s is refused, and nothing is written", ([at, why]) =>
    withParent((parent) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(forked(parent, { at }))
        expect(String((error as Error).message)).toContain(why)
        expect(yield* (yield* RunCatalogue).list).toHaveLength(1)
      })
    )
  )
})

describe("the answers of a fork", () => {
  it.scopedLive("that changes nothing ends as its parent did, for nothing", () =>
    withParent((parent, digest, asked) =>
      Effect.gen(function* () {
        const before = yield* eventsOf(parent)
        const { result } = yield* forked(parent, { at: "gen:0", overrides: { maxPrograms: 18 } })
        expect(result.digest).toBe(digest)
        expect(asked).toEqual([])
        expect(result).toMatchObject({
          programs: 18,
          fork: { inherited: { programs: 4, calls: 4 }, adopted: { calls: result.calls } }
        })
        expect(yield* eventsOf(parent)).toEqual(before)
      })
    )
  )

  it.scopedLive("of a fork counts as adopted what it has adopted itself, and not what its parent had", () =>
    withParent((parent) =>
      Effect.gen(function* () {
        const first = yield* forked(parent, { at: "gen:0", overrides: { maxPrograms: 9 } })
        const { result } = yield* forked(first.result.runId, {
          at: "end",
          overrides: { maxPrograms: 9 }
        })
        const adopted = (yield* eventsOf(result.runId)).filter(
          ({ event, runId }) =>
            runId === result.runId && event._tag === "CompletionReceived" && event.adoptedFrom !== undefined
        ).length
        expect(adopted).toBeGreaterThan(0)
        expect(first.result.fork!.adopted.calls).toBeGreaterThan(0)
        expect(result.fork!.adopted).toEqual({
          calls: adopted,
          tokens: { in: 3 * adopted, out: 2 * adopted }
        })
      })
    )
  )

  it.scopedLive("asks for itself what it is told not to adopt", () =>
    withParent((parent, digest, asked) =>
      Effect.gen(function* () {
        const { result } = yield* forked(parent, {
          at: "gen:0",
          answers: "ask",
          overrides: { maxPrograms: 18 }
        })
        expect(result.digest).toBe(digest)
        expect(asked).toHaveLength(result.calls)
        expect(result.fork!.adopted.calls).toBe(0)
      })
    )
  )
})

describe("the ranking of a fork", () => {
  const rankingAfter = (parent: Parameters<typeof forked>[0], ranking: Overrides["ranking"] & object) =>
    Effect.map(
      forked(parent, { at: "gen:0", overrides: { maxPrograms: 2, ranking } }),
      ({ result, events }) => ({
        run: result.runId,
        ranking: only(events, "RunForked").at(-1)!.settings.ranking
      })
    )

  it.scopedLive("keeps of a tournament what is not given", () =>
    withParent((parent) =>
      Effect.gen(function* () {
        expect((yield* rankingAfter(parent, { kind: "tournament" })).ranking.kind).toBe("tournament")
        const five = yield* rankingAfter(parent, { kind: "tournament", size: 5 })
        expect((yield* rankingAfter(five.run, { size: 2 })).ranking).toEqual({ kind: "tournament", size: 2 })
        expect((yield* rankingAfter(five.run, { kind: "tournament" })).ranking).toEqual(five.ranking)
        expect((yield* rankingAfter(five.run, {})).ranking).toEqual({ kind: "tournament", size: 5 })
      })
    )
  )

  it.scopedLive("has no size where no tournament is held", () =>
    withParent((parent) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(rankingAfter(parent, { size: 2 }))
        expect(String((error as Error).message)).toContain("no tournaments, for which --tournament-size is")
      })
    )
  )
})
