import { Effect, Stream } from "effect"
import type { Event } from "../../domain/events.ts"
import type { RunId } from "../../domain/ids.ts"
import { EventLog, type LogFailed } from "../../services/EventLog.ts"

/** An event that led to another; `run` is the ancestor in whose log it stands, for what a fork has inherited. */
export interface Cause {
  readonly pos: number
  readonly run: RunId
  readonly event: Event
}

/**
 * What led to the event at a position, back to the beginning of the run: the causes that are recorded, and for a fork
 * the event after which it has left its parent. The event itself is not among them.
 */
export const causesOf = (
  runId: RunId,
  pos: number
): Effect.Effect<ReadonlyArray<Cause>, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const upTo = Stream.takeWhile(log.read(runId), (stored) => stored.pos <= pos)
    // Only numbers are kept of all events: a log can be longer than memory.
    const before = new Map<number, number>()
    yield* Stream.runForEach(upTo, (stored) =>
      Effect.sync(() => {
        const { event } = stored
        const cause = event._tag === "RunForked" ? event.position : stored.cause
        if (cause !== null && cause < stored.pos) before.set(stored.pos, cause)
      })
    )
    const wanted = new Set<number>()
    for (let at = before.get(pos); at !== undefined; at = before.get(at)) wanted.add(at)
    const causes: Array<Cause> = []
    yield* Stream.runForEach(upTo, (stored) =>
      Effect.sync(() => {
        if (wanted.has(stored.pos))
          causes.unshift({ pos: stored.pos, run: stored.runId, event: stored.event })
      })
    )
    return causes
  })
