import { Deferred, Duration, Effect, Fiber, Queue, type Scope } from "effect"
import type { RunId } from "../domain/ids.ts"
import { EventLog, type LogFailed } from "../services/EventLog.ts"
import type { Sink } from "../services/Sinks.ts"

/** What is done for one run. */
export interface Follower {
  /** The log has more of the run, or is looked at for the first time. */
  readonly look: Effect.Effect<void, LogFailed>
  /** The run has come to rest, and everything of it has been looked at. */
  readonly rest: Effect.Effect<void>
}

interface Following {
  readonly name: string
  /** Before this process appends the first event to it; it may not wait. */
  readonly begin: (runId: RunId) => Effect.Effect<Follower>
  /** The log cannot be read, and the run is not followed any more. */
  readonly onFailure: (runId: RunId, error: LogFailed) => Effect.Effect<void>
  /** All runs have ended, and this one is not done within `lastWait`; it is given up. */
  readonly onLate: (runId: RunId) => Effect.Effect<void>
  /** All runs have ended, and some are not done after `silent`. */
  readonly onWait?: { readonly silent: Duration.Duration; readonly say: Effect.Effect<void> }
  readonly lastWait: Duration.Duration
}

/** The log is read no oftener than this for a run that goes on. */
const interval = Duration.seconds(1)

/**
 * A sink that reads the log behind each run, by a fiber of its own: nothing waits for it, and memory does not grow with
 * what is late, since the log is the queue.
 */
export const following = ({
  begin,
  lastWait,
  name,
  onFailure,
  onLate,
  onWait
}: Following): Effect.Effect<Sink, never, EventLog | Scope.Scope> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const workers = new Map<RunId, Fiber.RuntimeFiber<void>>()
    const late = new Set<RunId>()

    const work = (
      runId: RunId,
      { look, rest }: Follower,
      bell: Queue.Dequeue<unknown>,
      atRest: Deferred.Deferred<void>
    ) =>
      Effect.gen(function* () {
        let isOver = false
        while (!isOver) {
          // Asked first: all its events are there then.
          isOver = yield* Deferred.isDone(atRest)
          yield* look
          if (isOver) break
          const rung = Queue.takeBetween(bell, 1, Number.POSITIVE_INFINITY)
          yield* Effect.raceFirst(Effect.zipRight(rung, Effect.sleep(interval)), Deferred.await(atRest))
        }
        yield* rest
      }).pipe(
        Effect.catchAll((error) => onFailure(runId, error)),
        Effect.zipRight(Effect.sync(() => void late.delete(runId)))
      )

    const settle = Effect.gen(function* () {
      if (onWait !== undefined) {
        yield* Effect.forkScoped(Effect.delay(onWait.say, onWait.silent))
      }
      yield* Effect.timeoutOption(Fiber.awaitAll(workers.values()), lastWait)
    }).pipe(Effect.scoped)

    const settled = Effect.gen(function* () {
      yield* settle
      yield* Effect.forEach([...late], onLate, { discard: true })
      yield* Fiber.interruptAll(workers.values())
    })
    // By a fiber of its own: also where the command was interrupted, what there is to say is said.
    yield* Effect.addFinalizer(() =>
      Effect.flatMap(Effect.forkDaemon(Effect.interruptible(settled)), Fiber.join)
    )
    return {
      name,
      follow: (runId) =>
        Effect.gen(function* () {
          const bell = yield* log.subscribe(runId)
          const atRest = yield* Deferred.make<void>()
          yield* Effect.addFinalizer(() => Deferred.succeed(atRest, undefined))
          const working = work(runId, yield* begin(runId), bell, atRest)
          late.add(runId)
          workers.set(runId, yield* Effect.forkDaemon(Effect.interruptible(working)))
        })
    }
  })
