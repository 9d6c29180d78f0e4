import { Chunk, Effect, Queue, Schedule, type Scope, Stream } from "effect"
import type { RunId } from "../../domain/ids.ts"
import type { LogFailed, Stored } from "../EventLog.ts"

/** Events that are handed to a subscriber before it has taken the first of them. */
const handedOut = 256
/** Events that wait here for one subscriber; what it misses beyond that is read from the log again. */
const lag = 4_096
/** A log that cannot be read is asked again this often, for a subscriber that has missed events. */
const again = Schedule.spaced("1 second")

interface Subscriber {
  readonly waiting: Array<Stored>
  readonly bell: Queue.Queue<void>
  hasMissed: boolean
}

/**
 * Who listens to which run. Publishing never waits, since the writer does it: a subscriber that lags far behind misses
 * what is published, and reads it from the log when it comes to it.
 */
export const makeSubscriptions = (read: (runId: RunId, from: number) => Stream.Stream<Stored, LogFailed>) => {
  const subscribers = new Map<RunId, Set<Subscriber>>()

  const publish = (events: ReadonlyArray<Stored>): void => {
    for (const event of events) {
      for (const subscriber of subscribers.get(event.runId) ?? []) {
        if (subscriber.hasMissed || subscriber.waiting.length >= lag) subscriber.hasMissed = true
        else subscriber.waiting.push(event)
        Queue.unsafeOffer(subscriber.bell, undefined)
      }
    }
  }

  const subscribe = (runId: RunId): Effect.Effect<Queue.Dequeue<Stored>, never, Scope.Scope> =>
    Effect.gen(function* () {
      const out = yield* Effect.acquireRelease(Queue.bounded<Stored>(handedOut), Queue.shutdown)
      const bell = yield* Queue.sliding<void>(1)
      const subscriber: Subscriber = { waiting: [], bell, hasMissed: false }
      yield* Effect.acquireRelease(
        Effect.sync(() => add(subscribers, runId, subscriber)),
        () => Effect.sync(() => remove(subscribers, runId, subscriber))
      )
      yield* Effect.forkScoped(deliver(runId, subscriber, out))
      return out
    })

  const deliver = (runId: RunId, subscriber: Subscriber, out: Queue.Queue<Stored>) => {
    let next = 0
    const hand = (events: ReadonlyArray<Stored>) =>
      Effect.suspend(() => {
        const unseen = events.filter(({ pos }) => pos >= next)
        next = Math.max(next, (unseen.at(-1)?.pos ?? -1) + 1)
        return Queue.offerAll(out, unseen)
      })
    const catchUp = Effect.suspend(() =>
      Stream.runForEachChunk(read(runId, next), (events) => hand(Chunk.toReadonlyArray(events)))
    ).pipe(
      Effect.tapError((error) => Effect.logWarning(`events of run ${runId} are late: ${error.message}`)),
      Effect.retry(again)
    )
    return Effect.forever(
      Effect.gen(function* () {
        yield* Queue.take(subscriber.bell)
        yield* hand(subscriber.waiting.splice(0))
        if (!subscriber.hasMissed) return
        // What is published from here on waits again; what is read twice is handed out once.
        subscriber.hasMissed = false
        yield* catchUp
      })
    )
  }

  return { publish, subscribe }
}

const add = (subscribers: Map<RunId, Set<Subscriber>>, runId: RunId, subscriber: Subscriber): void => {
  const known = subscribers.get(runId) ?? new Set()
  subscribers.set(runId, known.add(subscriber))
}

const remove = (subscribers: Map<RunId, Set<Subscriber>>, runId: RunId, subscriber: Subscriber): void => {
  const known = subscribers.get(runId)
  known?.delete(subscriber)
  if (known?.size === 0) subscribers.delete(runId)
}
