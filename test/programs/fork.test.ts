import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Duration, Effect, FastCheck } from "effect"
import { NodeId, type RunId } from "../../src/domain/ids.ts"
import { type ForkRequest, fork } from "../../src/programs/fork/fork.ts"
import { spelled } from "../../src/programs/fork/point.ts"
import { historyOf } from "../../src/programs/history.ts"
import { resume } from "../../src/programs/resume.ts"
import { treeOf } from "../../src/programs/tree.ts"
import { scripted } from "../../src/services/LanguageModel/scripted.ts"
import type { ModelAdapter } from "../../src/services/LanguageModel.ts"
import { RunCatalogue } from "../../src/services/RunCatalogue.ts"
import { answerOf, type Oracle } from "../support/oracle.ts"
import { eventsOf, preparedIn, replayed, searching, solveAndReplay } from "../support/searching.ts"
import { published, rankings } from "../support/settings.ts"
import { only } from "../support/stepsLeft.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

const settings = { ...published, maxPrograms: 22, drafts: 4, explanations: 1, repairs: 3, beamWidth: 3 }
const oracle: Oracle = { seed: 6, cases: 4, skill: 0.3, silence: 0.1 }

/** The oracle's model, which counts what it is asked. */
const counting = () => {
  const asked: Array<string> = []
  const model: ModelAdapter = scripted(({ role }, { callKey }) => {
    asked.push(callKey)
    return { text: answerOf(oracle, role, callKey), usage: { in: 3, out: 2 }, finishReason: "stop" }
  })
  return { asked, model }
}

type Forking = Partial<Omit<ForkRequest, "at">> & { readonly at: string }

const forked = (parent: RunId, { at, ...request }: Forking) =>
  Effect.gen(function* () {
    const result = yield* fork(
      {
        parent,
        at: spelled(at)!,
        overrides: {},
        answers: "adopt",
        label: undefined,
        maxOutage: Duration.zero,
        ...request
      },
      () => Effect.void,
      () => Effect.void
    )
    return { result, events: yield* replayed(result.runId) }
  })

const nodesOf = (runId: RunId) =>
  Effect.map(historyOf(runId), (history) => treeOf(history!).map(({ id, index }) => [id, index] as const))

/** A finished run, with the model that has answered it. */
const withParent = <A, E, R>(
  use: (parent: RunId, digest: string, asked: Array<string>) => Effect.Effect<A, E, R>
) =>
  Effect.gen(function* () {
    const { asked, model } = counting()
    const layer = searching({ database: yield* temporaryLog, model })
    return yield* Effect.provide(
      Effect.gen(function* () {
        const { result } = yield* solveAndReplay(preparedIn({ settings, oracle }))
        expect(result).toMatchObject({ programs: 22, status: "unsolved" })
        asked.length = 0
        return yield* use(result.runId, result.digest, asked)
      }),
      layer
    )
  })

describe("a fork", () => {
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

  it.scopedLive("of a fork at its own beginning is that fork", () =>
    withParent((parent, _, asked) =>
      Effect.gen(function* () {
        for (const at of ["gen:0", "d2", "15"]) {
          const overrides = { maxPrograms: 9, beamWidth: 1, ranking: { kind: "lexicase" } } as const
          const { result } = yield* forked(parent, { at, overrides })
          const events = yield* eventsOf(result.runId)
          const beginning = events.find(({ event }) => event._tag === "RunForked")!.pos
          asked.length = 0
          const again = yield* forked(result.runId, { at: String(beginning) })
          expect(again.result.digest).toBe(result.digest)
          expect(again.result.best).toEqual(result.best)
          expect(asked).toEqual([])
        }
      })
    )
  )

  it.scopedLive("has the same tree whatever the concurrency, under any settings, and replays", () =>
    Effect.gen(function* () {
      const drawn = FastCheck.sample(
        FastCheck.record({
          at: FastCheck.constantFrom("gen:0", "gen:1", "d1", "40", "3"),
          overrides: FastCheck.record({
            ranking: rankings,
            beamWidth: FastCheck.integer({ min: 1, max: 4 }),
            repairs: FastCheck.integer({ min: 1, max: 4 }),
            explanations: FastCheck.integer({ min: 1, max: 3 }),
            instructions: FastCheck.constantFrom("model" as const, "static" as const),
            maxPrograms: FastCheck.integer({ min: 1, max: 20 }),
            seed: FastCheck.integer({ min: 0, max: 9 })
          })
        }),
        { numRuns: 8, seed: 7 }
      )
      const database = yield* temporaryLog
      const at = (concurrency: number) => searching({ database, model: counting().model, concurrency })
      const { result: parent } = yield* Effect.provide(
        solveAndReplay(preparedIn({ settings, oracle })),
        at(4)
      )
      const digestsOf = (concurrency: number) =>
        Effect.provide(
          Effect.forEach(drawn, (forking) =>
            Effect.map(forked(parent.runId, forking), ({ result }) => result.digest)
          ),
          at(concurrency)
        )
      expect(yield* digestsOf(1)).toEqual(yield* digestsOf(8))
    })
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

  it.scopedLive("is resumed as any run", () =>
    withParent((parent) =>
      Effect.gen(function* () {
        const { result } = yield* forked(parent, { at: "gen:0", overrides: { maxPrograms: 9 } })
        expect(yield* resume(result.runId, Duration.zero, () => Effect.void)).toEqual(result)
      })
    )
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
})
