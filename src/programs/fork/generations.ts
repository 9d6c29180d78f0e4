import { Effect } from "effect"
import type { Event } from "../../domain/events.ts"
import type { RunId } from "../../domain/ids.ts"
import type { LogFailed, Stored } from "../../services/EventLog.ts"
import { LogIndex } from "../../services/LogIndex.ts"

/**
 * The generation that an event belongs to, by its place. Rankings, and what concerns the whole run, stand between
 * generations. Along a run generations only grow, so that their borders are found by halving.
 */
export const generationOf = (event: Event): number | undefined => {
  switch (event._tag) {
    case "CompletionRequested":
    case "CompletionReceived":
    case "CompletionFailed":
      return generationAt(event.place)
    case "ProgramWritten":
    case "ProgramEvaluated":
      return generationAt(event.node)
    case "InstructionWritten":
      return generationAt(event.instruction)
    default:
      return undefined
  }
}

/** An instruction belongs to the generation of its repairs. */
const generationAt = (place: string): number => Math.ceil((place.split(".").length - 1) / 2)

interface Placed {
  readonly pos: number
  readonly generation: number
}

const placedIn = ({ pos, event }: Stored): ReadonlyArray<Placed> => {
  const generation = generationOf(event)
  return generation === undefined ? [] : [{ pos, generation }]
}

/** Events that are looked at together. */
const shortest = 4

/** The first event between two positions that belongs to a generation. */
const firstPlaced = (
  runId: RunId,
  from: number,
  to: number
): Effect.Effect<Placed | undefined, LogFailed, LogIndex> =>
  Effect.gen(function* () {
    const index = yield* LogIndex
    let length = shortest
    for (let next = from; next <= to; ) {
      const last = Math.min(to, next + length - 1)
      const [found] = (yield* index.between(runId, next, last)).flatMap(placedIn)
      if (found !== undefined) return found
      next = last + 1
      length *= 2
    }
    return undefined
  })

/** The last event between two positions that belongs to a generation. */
export const lastPlaced = (
  runId: RunId,
  from: number,
  to: number
): Effect.Effect<Placed | undefined, LogFailed, LogIndex> =>
  Effect.gen(function* () {
    const index = yield* LogIndex
    let length = shortest
    for (let next = to; next >= from; ) {
      const first = Math.max(from, next - length + 1)
      const found = (yield* index.between(runId, first, next)).flatMap(placedIn).at(-1)
      if (found !== undefined) return found
      next = first - 1
      length *= 2
    }
    return undefined
  })

/** The position after the last event between two positions that belongs to a generation or an earlier one. */
export const endOfGeneration = (
  runId: RunId,
  from: number,
  to: number,
  generation: number
): Effect.Effect<number, LogFailed, LogIndex> =>
  Effect.gen(function* () {
    let low = from
    let high = to + 1
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const placed = yield* firstPlaced(runId, middle, high - 1)
      if (placed === undefined || placed.generation > generation) high = middle
      else low = placed.pos + 1
    }
    return low
  })
