import { expect } from "@effect/vitest"
import { Effect, Layer } from "effect"
import type { Event } from "../../../src/domain/events.ts"
import { layerAudit } from "../../../src/programs/layers.ts"
import { replay } from "../../../src/programs/replay/replay.ts"
import type { EventLog, Stored } from "../../../src/services/EventLog.ts"
import type { LogAudit } from "../../../src/services/LogAudit.ts"
import type { RunIds } from "../../../src/services/RunIds.ts"
import { type Row, rewritten } from "../../support/rewriting.ts"
import { eventsOf, oracleModel, preparedIn, searching, solveAndReplay } from "../../support/searching.ts"
import { published } from "../../support/settings.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"

const settings = {
  ...published,
  maxPrograms: 10,
  drafts: 3,
  explanations: 1,
  repairs: 2,
  beamWidth: 2
}
const oracle = { seed: 6, cases: 4, skill: 0.3, silence: 0.1 }

/** One finished run in a log of its own, that is then told otherwise. */
export const withRun = <A, E>(
  use: (
    rows: ReadonlyArray<Stored>
  ) => Effect.Effect<A, E, EventLog | RunIds | LogAudit | Layer.Layer.Success<ReturnType<typeof searching>>>
) =>
  Effect.gen(function* () {
    const database = yield* temporaryLog
    const layer = searching({ database, model: oracleModel(oracle) })
    return yield* Effect.gen(function* () {
      const { result } = yield* solveAndReplay(preparedIn({ settings, oracle }))
      const rows = yield* eventsOf(result.runId)
      return yield* use(rows)
    }).pipe(Effect.provide(Layer.provideMerge(layerAudit({ database }), layer)))
  })

/** Where a changed log diverges; its chain has nothing against it. */
export const divergenceOf = (rows: ReadonlyArray<Row>) =>
  Effect.gen(function* () {
    const runId = yield* rewritten(rows)
    const { divergence } = yield* replay(runId)
    return divergence
  })

export const positionsOf = <T extends Event["_tag"]>(rows: ReadonlyArray<Row>, tag: T) =>
  rows.flatMap(({ event, pos }) => (event._tag === tag ? [pos] : []))

export const at = (rows: ReadonlyArray<Row>, pos: number): Event => rows[pos]!.event

/** The event at a position, which has to be of that kind. */
export const eventAt = <T extends Event["_tag"]>(rows: ReadonlyArray<Row>, pos: number, tag: T) => {
  const event = at(rows, pos)
  expect(event._tag).toBe(tag)
  return event as Extract<Event, { _tag: T }>
}

/** The first row after one that cannot be what it is without it. */
export const dependentOn = (rows: ReadonlyArray<Row>, gone: Row): Row | undefined =>
  rows.slice(gone.pos + 1).find(({ event, cause, pos }) => {
    if (cause === gone.pos) return true
    switch (gone.event._tag) {
      case "CompletionReceived":
        return pos === gone.pos + 1
      case "ProgramEvaluated":
        return (
          event._tag === "GenerationRanked" ||
          event._tag === "SearchEnded" ||
          (event._tag === "ProgramEvaluated" &&
            event.program !== null &&
            event.program === gone.event.program)
        )
      default:
        return false
    }
  })
