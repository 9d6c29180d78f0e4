import { Effect } from "effect"
import type { Event, RunStarted } from "../../domain/events.ts"
import type { RunId } from "../../domain/ids.ts"
import type { SearchSettings } from "../../domain/settings.ts"
import type { LogFailed } from "../../services/EventLog.ts"
import { type Beginning, LogIndex, type Outline } from "../../services/LogIndex.ts"
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
    const first = yield* eventAt(runId, 0)
    const last = outline.beginnings.findLast(({ pos }) => pos <= position)
    const begun = last === undefined || last.pos === 0 ? first : yield* eventAt(runId, last.pos)
    if (first?._tag !== "RunStarted" || last === undefined) {
      return yield* new ForkInvalid({ run: runId, reason: "it has no beginning" })
    }
    const isFork = begun?._tag === "RunForked"
    return {
      started: first,
      settings: isFork ? begun.settings : first.settings,
      next: next ?? (yield* nextAt(runId, outline, position)),
      inherited: isFork ? yield* inheritedBy(runId, outline, last) : 0
    }
  })

const eventAt = (runId: RunId, pos: number): Effect.Effect<Event | undefined, LogFailed, LogIndex> =>
  Effect.gen(function* () {
    const [stored] = yield* (yield* LogIndex).between(runId, pos, pos)
    return stored?.event
  })

/** The first index that a fork has not inherited. */
const inheritedBy = (
  runId: RunId,
  outline: Outline,
  { pos, node }: Beginning
): Effect.Effect<number, LogFailed, LogIndex> =>
  Effect.gen(function* () {
    if (node === null) return yield* nextAt(runId, outline, pos - 1)
    // A fork at a node goes on from the position of the node's evaluation.
    const origin = yield* eventAt(runId, pos - 1)
    return origin?._tag === "ProgramEvaluated" ? origin.index + 1 : 0
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
    for (const begun of outline.beginnings.toReversed()) {
      const { pos, node } = begun
      if (pos > position) continue
      const last = yield* lastPlaced(runId, pos, upTo)
      for (let generation = last?.generation ?? -1; generation >= 0; generation--) {
        const from = yield* endOfGeneration(runId, pos, upTo, generation - 1)
        const largest = yield* index.largestIndex(runId, from, upTo)
        if (largest !== undefined) return largest + 1
        if (from <= pos) break
      }
      if (node !== null) return yield* inheritedBy(runId, outline, begun)
      upTo = pos - 1
    }
    return 0
  })
