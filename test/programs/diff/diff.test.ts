import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect } from "effect"
import type { RunId } from "../../../src/domain/ids.ts"
import { changeOf } from "../../../src/programs/diff/change.ts"
import { diff } from "../../../src/programs/diff/diff.ts"
import { type ForkRequest, fork } from "../../../src/programs/fork/fork.ts"
import { historyOf } from "../../../src/programs/history.ts"
import { treeOf } from "../../../src/programs/tree.ts"
import { EventLog } from "../../../src/services/EventLog.ts"
import { rewritten } from "../../support/rewriting.ts"
import {
  eventsOf,
  oracleModel,
  preparedIn,
  replayed,
  searching,
  solveAndReplay
} from "../../support/searching.ts"
import { published } from "../../support/settings.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"

const settings = { ...published, maxPrograms: 12, drafts: 3, explanations: 1, repairs: 2, beamWidth: 2 }
const oracle = { seed: 6, cases: 4, skill: 0.3, silence: 0.1 }

const forked = (parent: RunId, at: ForkRequest["at"], overrides: ForkRequest["overrides"]) =>
  Effect.gen(function* () {
    const request = {
      parent,
      at,
      overrides,
      answers: "adopt",
      label: undefined,
      maxOutage: Duration.zero
    } as const
    const { runId } = yield* fork(
      request,
      () => Effect.void,
      () => Effect.void
    )
    yield* replayed(runId)
    return runId
  })

const withLog = <A, E>(
  use: Effect.Effect<A, E, Effect.Effect.Context<ReturnType<typeof forked>> | EventLog>
) =>
  Effect.gen(function* () {
    return yield* Effect.provide(
      use,
      searching({ database: yield* temporaryLog, model: oracleModel(oracle) })
    )
  })

const solved = (world: Parameters<typeof preparedIn>[0]) =>
  Effect.map(solveAndReplay(preparedIn(world)), ({ result }) => result)

describe("diff", () => {
  it.scopedLive("finds a run the same as itself, and as the same search again", () =>
    withLog(
      Effect.gen(function* () {
        const { runId } = yield* solved({ settings, oracle })
        const again = yield* solved({ settings, oracle })
        const events = yield* eventsOf(runId)
        expect(yield* diff(runId, runId)).toMatchObject({
          same: true,
          settings: [],
          shared: events.length,
          first: null
        })
        expect(yield* diff(runId, again.runId)).toMatchObject({
          same: true,
          shared: 0,
          nodes: { left: 12, right: 12, common: 12, same: 12 }
        })
      })
    )
  )

  it.scopedLive("shows what a fork shares with its parent, and where it leaves it", () =>
    withLog(
      Effect.gen(function* () {
        const { runId: parent } = yield* solved({ settings, oracle })
        const child = yield* forked(
          parent,
          { kind: "generation", generation: 0 },
          { maxPrograms: 4, beamWidth: 1, instructions: "static" }
        )
        const at = (yield* eventsOf(child)).findIndex(({ event }) => event._tag === "RunForked")
        const compared = (yield* diff(parent, child))!
        expect(compared).toMatchObject({
          same: false,
          left: parent,
          right: child,
          shared: at,
          outcome: {
            left: { programs: 12, inherited: null, cost: null, uncosted: ["scripted"] },
            right: { programs: 4, inherited: { programs: 3, calls: 3 } }
          }
        })
        expect(compared.settings.map(({ path }) => path)).toEqual([
          "maxPrograms",
          "beamWidth",
          "instructions"
        ])
        expect(compared.first!.left!.index).toBe(3)
        expect(compared.first!.differs).toContain("instruction")
        expect(compared.first!.left!.instruction).not.toBe(compared.first!.right!.instruction)
        expect(compared.curve.map(({ programs }) => programs)).toEqual([1, 2, 5, 7, 10, 12])
        expect(compared.curve.filter(({ right }) => right === null).map(({ programs }) => programs)).toEqual([
          10, 12
        ])
        expect(compared.curve.at(-1)!.left).toBe(compared.outcome.left.best!.score)
        const sibling = yield* forked(parent, { kind: "node", node: "d1" as never }, { maxPrograms: 2 })
        const left = (yield* eventsOf(sibling)).findIndex(({ event }) => event._tag === "RunForked")
        expect(yield* diff(sibling, child)).toMatchObject({ shared: Math.min(at, left) })
        expect((yield* diff(child, parent))!.first).toMatchObject({ left: compared.first!.right })
      })
    )
  )

  it.scopedLive("says what each run has paid itself, at given prices", () =>
    withLog(
      Effect.gen(function* () {
        const { runId: parent } = yield* solved({ settings, oracle })
        const child = yield* forked(parent, { kind: "generation", generation: 0 }, { beamWidth: 1 })
        const paidIn = (runId: RunId) =>
          Effect.map(
            eventsOf(runId),
            (events) =>
              events.filter(
                ({ event, runId: owner }) =>
                  owner === runId && event._tag === "CompletionReceived" && event.adoptedFrom === undefined
              ).length
          )
        const { outcome, same } = (yield* diff(
          parent,
          child,
          new Map([["scripted", { in: 1_000_000, out: 0 }]])
        ))!
        expect(same).toBe(false)
        expect(outcome.left).toMatchObject({ cost: 3 * (yield* paidIn(parent)), uncosted: [] })
        expect(outcome.right).toMatchObject({ cost: 3 * (yield* paidIn(child)), uncosted: [] })
        expect(outcome.left.cost).toBeGreaterThan(outcome.right.cost!)
      })
    )
  )

  it.scopedLive("compares runs that have nothing in common, and one that has not ended", () =>
    withLog(
      Effect.gen(function* () {
        const { runId } = yield* solved({ settings, oracle })
        const { runId: other } = yield* solved({
          settings: { ...settings, maxPrograms: 5, seed: 3 },
          oracle: { ...oracle, cases: 2 },
          hidden: false
        })
        const compared = (yield* diff(runId, other))!
        expect(compared).toMatchObject({ same: false, shared: 0, first: { node: "d0" } })
        const paths = compared.settings.map(({ path }) => path)
        for (const path of ["problem.document", "problem.cases", "hidden", "maxPrograms", "seed"])
          expect(paths).toContain(path)
        expect(compared.outcome.right.hidden).toBeNull()
        const events = yield* eventsOf(runId)
        const cut = events.slice(
          0,
          events.findIndex(({ event }) => event._tag === "SearchEnded")
        )
        const left = yield* rewritten(cut)
        const unfinished = (yield* diff(left, runId))!
        expect(unfinished).toMatchObject({
          same: false,
          first: null,
          outcome: { left: { status: "unfinished", programs: 12, digest: null, surplus: null } }
        })
        const { calls, tokens } = unfinished.outcome.right
        expect(unfinished.outcome.left).toMatchObject({ calls, tokens })
      })
    )
  )
})

describe("a repair next to what it repairs", () => {
  it.scopedLive("is the unified diff of the two programs; a draft has nothing beside it", () =>
    withLog(
      Effect.gen(function* () {
        const { runId } = yield* solved({ settings, oracle })
        const history = (yield* historyOf(runId))!
        const log = yield* EventLog
        let changed = 0
        for (const { id, parent } of treeOf(history)) {
          const change = yield* changeOf(history, id as never)
          expect(change.parent).toBe(parent)
          const { program } = history.nodes.get(id)!.written
          expect(change.hasProgram.node).toBe(program !== null)
          if (parent === null || program === null) continue
          if (change.hunks.length === 0) continue
          changed += 1
          const added = change.hunks.flatMap(({ lines }) => lines.filter((line) => line.startsWith("+")))
          const text = yield* log.text(program)
          for (const line of added) expect(text).toContain(line.slice(1))
        }
        expect(changed).toBeGreaterThan(2)
      })
    )
  )
})
