import { Deferred, Effect, Layer, Queue } from "effect"
import { type Entry, EventLog, type LogFailed, type Stored } from "../../src/services/EventLog.ts"

/**
 * A log whose commits take a while, one after another: who is interrupted while waiting for one has appended all the
 * same.
 */
export const slowDisk = (
  pause: (entries: ReadonlyArray<Entry>) => Effect.Effect<void>
): Layer.Layer<EventLog, never, EventLog> =>
  Layer.scoped(
    EventLog,
    Effect.gen(function* () {
      const log = yield* EventLog
      const requests = yield* Queue.unbounded<Effect.Effect<void>>()
      yield* Effect.forkScoped(Effect.forever(Effect.flatten(Queue.take(requests))))
      return {
        ...log,
        append: (runId, entries, texts) =>
          Effect.gen(function* () {
            const done = yield* Deferred.make<ReadonlyArray<Stored>, LogFailed>()
            const commit = Effect.zipRight(pause(entries), log.append(runId, entries, texts))
            yield* Queue.offer(requests, Effect.asVoid(Deferred.complete(done, commit)))
            return yield* Deferred.await(done)
          })
      }
    })
  )
