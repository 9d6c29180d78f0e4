import { Effect } from "effect"
import type { RunId } from "../../domain/ids.ts"
import type { LogFailed } from "../../services/EventLog.ts"
import { LogIndex, type Placed } from "../../services/LogIndex.ts"

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
      const [found] = yield* index.placed(runId, next, last)
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
      const found = (yield* index.placed(runId, first, next)).at(-1)
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
