import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect, Either } from "effect"
import type { RunId } from "../../src/domain/ids.ts"
import { evolve } from "../../src/domain/search/evolve.ts"
import { nextIndex } from "../../src/domain/search/fork.ts"
import { notStarted } from "../../src/domain/search/state.ts"
import { footingAt } from "../../src/programs/fork/footing.ts"
import { fork } from "../../src/programs/fork/fork.ts"
import { findPoint, type Spelled, spelled } from "../../src/programs/fork/point.ts"
import { layerIndexByReading } from "../../src/services/EventLog/indexByReading.ts"
import type { Stored } from "../../src/services/EventLog.ts"
import { eventsOf, oracleModel, preparedIn, searching, solveAndReplay } from "../support/searching.ts"
import { published } from "../support/settings.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

/** Where a point is, as reading all events tells. */
const positionByReading = (events: ReadonlyArray<Stored>, point: Spelled): number | undefined => {
  let position: number | undefined
  for (const { pos, event } of events) {
    if (event._tag === "RunForked" && event.at.kind === "node" && point.kind !== "position") {
      const isOnPath = point.kind === "node" && `${event.at.node}.`.startsWith(`${point.node}.`)
      if (!isOnPath) position = undefined
    }
    if (point.kind === "position" && pos === point.position) position = pos
    if (point.kind === "end") position = pos
    if (point.kind === "node" && event._tag === "ProgramEvaluated" && event.node === point.node)
      position = pos
    if (point.kind === "generation") {
      if (event._tag === "GenerationRanked" && event.generation === point.generation) position = pos - 1
      if (event._tag === "SearchEnded" && event.generations === point.generation + 1) position = pos - 1
    }
  }
  return position
}

/** The state after each event, as folding tells. */
const statesOf = (events: ReadonlyArray<Stored>) => {
  let state = notStarted
  return events.map((stored) => {
    state = evolve(state, stored)
    return state
  })
}

/** Every point that a run has, and some that it has not. */
const pointsOf = (events: ReadonlyArray<Stored>): ReadonlyArray<Spelled> => [
  ...events.map(({ pos }): Spelled => ({ kind: "position", position: pos })),
  ...events.flatMap(({ event }) =>
    event._tag === "ProgramWritten" ? [{ kind: "node", node: event.node } as const] : []
  ),
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((generation): Spelled => ({ kind: "generation", generation })),
  { kind: "position", position: events.length },
  { kind: "end" },
  { kind: "node", node: "d99" as never }
]

const expectPoints = (runId: RunId, which: (point: Spelled) => boolean) =>
  Effect.gen(function* () {
    const events = yield* eventsOf(runId)
    const states = statesOf(events)
    for (const point of pointsOf(events).filter(which)) {
      const found = yield* Effect.either(findPoint(runId, point))
      const position = positionByReading(events, point)
      expect([point, Either.getOrUndefined(found)?.position]).toEqual([point, position])
      if (Either.isLeft(found)) continue
      const footing = yield* footingAt(runId, found.right)
      const state = states[found.right.position]!
      if (state._tag === "NotStarted") throw new Error("the run has not started")
      const { search } = state
      const next = point.kind === "node" ? indexOf(events, point.node) + 1 : nextIndex(search)
      expect([point, footing]).toEqual([
        point,
        {
          started: events[0]!.event,
          settings: search.settings,
          next,
          inherited: search.fork?.inherited.next ?? 0
        }
      ])
    }
  })

/** Of the last evaluation of a node: a fork may have written it anew. */
const indexOf = (events: ReadonlyArray<Stored>, node: string): number => {
  const evaluated = events.findLast(
    ({ event }) => event._tag === "ProgramEvaluated" && event.node === node
  )?.event
  return evaluated?._tag === "ProgramEvaluated" ? evaluated.index : -1
}

const forked = (parent: RunId, at: string, maxPrograms: number) =>
  Effect.map(
    fork(
      {
        parent,
        at: spelled(at)!,
        overrides: { maxPrograms, seed: "new", repairs: 2 },
        answers: "adopt",
        label: undefined,
        maxOutage: Duration.zero
      },
      () => Effect.void,
      () => Effect.void
    ),
    ({ runId }) => runId
  )

describe("the points of a run and of its forks", () => {
  it.scopedLive.each([0.3, 0.8])(
    "are found without reading the run, with what a fork there begins with (skill %f)",
    (skill) =>
      Effect.gen(function* () {
        const oracle = { seed: 6, cases: 4, skill, silence: 0.1 }
        const settings = {
          ...published,
          maxPrograms: 12,
          drafts: 3,
          explanations: 1,
          repairs: 3,
          beamWidth: 2
        }
        const layer = searching({ database: yield* temporaryLog, model: oracleModel(oracle) })
        yield* Effect.provide(
          Effect.gen(function* () {
            const { result } = yield* solveAndReplay(preparedIn({ settings, oracle }))
            const runs = [result.runId]
            for (const [at, maxPrograms] of [
              ["gen:0", 8],
              ["d0", 4],
              ["6", 5],
              ["d0", 3]
            ] as const) {
              runs.push(yield* forked(runs.at(-1)!, at, maxPrograms))
            }
            for (const runId of runs) yield* expectPoints(runId, () => true)
            const isRare = ({ kind }: Spelled) => kind === "generation"
            yield* Effect.provide(expectPoints(runs.at(-1)!, isRare), layerIndexByReading)
          }),
          layer
        )
      })
  )
})
