import { Effect } from "effect"
import type { RunForked, RunStarted } from "../../domain/events.ts"
import type { RunId } from "../../domain/ids.ts"
import type { SearchSettings } from "../../domain/settings.ts"
import type { LogFailed } from "../../services/EventLog.ts"
import { LogIndex, type Outline } from "../../services/LogIndex.ts"
import { endOfGeneration, lastPlaced } from "./generations.ts"
import { ForkInvalid, type Found } from "./point.ts"

/** What a run has to say, at a point, to a fork that begins there: all without the events before it. */
export interface Footing {
  readonly started: RunStarted
  readonly settings: SearchSettings
  /** The first index that a fork there does not inherit. */
  readonly next: number
  /** The first index that the run itself, if it is a fork, has not inherited. */
  readonly inherited: number
}

export const footingAt = (
  runId: RunId,
  { position, next, outline }: Found
): Effect.Effect<Footing, ForkInvalid | LogFailed, LogIndex> =>
  Effect.gen(function* () {
    const beginnings = outline.beginnings.filter(({ pos }) => pos <= position)
    const started = beginnings[0]?.event
    const last = beginnings.at(-1)
    if (started?._tag !== "RunStarted" || last === undefined) {
      return yield* new ForkInvalid({ run: runId, reason: "it has no beginning" })
    }
    const { event, pos } = last
    const isFork = event._tag === "RunForked"
    return {
      started,
      settings: isFork ? event.settings : started.settings,
      next: next ?? (yield* nextAt(runId, outline, position)),
      inherited: isFork ? yield* inheritedBy(runId, outline, event, pos) : 0
    }
  })

/** The first index that a fork has not inherited; `pos` is where it begins. */
const inheritedBy = (
  runId: RunId,
  outline: Outline,
  { at, position }: RunForked,
  pos: number
): Effect.Effect<number, LogFailed, LogIndex> =>
  Effect.gen(function* () {
    if (at.kind !== "node") return yield* nextAt(runId, outline, pos - 1)
    const [origin] = yield* (yield* LogIndex).between(runId, position, position)
    return origin?.event._tag === "ProgramEvaluated" ? origin.event.index + 1 : 0
  })

/**
 * The index after the largest that is written up to a position. Indices grow from generation to generation and from
 * a run to its fork: the last generation that has a program is enough, of the last run that has one.
 */
const nextAt = (
  runId: RunId,
  outline: Outline,
  position: number
): Effect.Effect<number, LogFailed, LogIndex> =>
  Effect.gen(function* () {
    const index = yield* LogIndex
    let upTo = position
    for (const { pos, event } of outline.beginnings.toReversed()) {
      if (pos > position) continue
      const last = yield* lastPlaced(runId, pos, upTo)
      for (let generation = last?.generation ?? -1; generation >= 0; generation--) {
        const from = yield* endOfGeneration(runId, pos, upTo, generation - 1)
        const largest = yield* index.largestIndex(runId, from, upTo)
        if (largest !== undefined) return largest + 1
        if (from <= pos) break
      }
      if (event._tag === "RunForked" && event.at.kind === "node") {
        return yield* inheritedBy(runId, outline, event, pos)
      }
      upTo = pos - 1
    }
    return 0
  })
