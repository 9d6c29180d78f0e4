import { Deferred, Duration, Effect, Fiber, Queue, type Scope } from "effect"
import type { RunId } from "../../domain/ids.ts"
import { EventLog } from "../../services/EventLog.ts"
import { Notices } from "../../services/Notices.ts"
import type { Sink } from "../../services/Sinks.ts"
import { usualLastWait } from "../../services/Wandb/layer.ts"
import { type Outcome, Wandb } from "../../services/Wandb.ts"
import { tellerOf, type WandbProject } from "./tell.ts"

/** The log is read no oftener than this for a run that goes on. */
const interval = Duration.seconds(1)

interface SinkOptions {
  /** How long the end of a command waits for what has not been sent. */
  readonly lastWait?: Duration.Duration
  /** The words by which a further command finds the log. */
  readonly where?: string
}

/**
 * Shows runs at Weights & Biases while they go on. Each has a fiber that reads the log behind it, so that nothing waits
 * for anybody there, and memory does not grow with what is late. When all runs have ended, what is left is waited for, for
 * `lastWait`; what did not get through is said in one line for each kind of trouble. */
export const wandbSink = (
  target: WandbProject,
  { lastWait = usualLastWait, where = "" }: SinkOptions = {}
): Effect.Effect<Sink, never, Wandb | EventLog | Scope.Scope> =>
  Effect.gen(function* () {
    const wandb = yield* Wandb
    const log = yield* EventLog
    const notices = yield* Notices
    const outcomes = new Map<RunId, Outcome>()
    const workers = new Map<RunId, Fiber.RuntimeFiber<void>>()
    const troubled = new Set<string>()

    /** Once for each kind of trouble: all runs of a process have the same. */
    const say = (kind: string, line: string) =>
      Effect.suspend(() => {
        if (troubled.has(kind)) return Effect.void
        troubled.add(kind)
        return notices.say(line)
      })

    const report = (runId: RunId, outcome: Outcome) =>
      Effect.suspend(() => {
        outcomes.set(runId, outcome)
        const later = `\`seidr export wandb ${runId} --wandb ${wordFor(target.project)}${where}\` sends it later`
        const line = troubleIn(wandb.host, runId, outcome, later)
        return line === undefined ? Effect.void : say(outcome._tag, line)
      })

    const work = (runId: RunId, bell: Queue.Dequeue<unknown>, atRest: Deferred.Deferred<void>) =>
      Effect.gen(function* () {
        const { tellEnd, tellNew } = yield* tellerOf(runId, target)
        let isOver = false
        while (!isOver) {
          // Asked first: all its events are there then.
          isOver = yield* Deferred.isDone(atRest)
          yield* tellNew
          if (isOver) break
          const more = Effect.zipRight(
            Queue.takeBetween(bell, 1, Number.POSITIVE_INFINITY),
            Effect.sleep(interval)
          )
          yield* Effect.raceFirst(more, Deferred.await(atRest))
        }
        yield* tellEnd
        yield* report(runId, yield* wandb.outcome(runId))
      }).pipe(
        Effect.catchAll((error) => report(runId, { _tag: "Failed", reason: error.message })),
        Effect.provideService(Wandb, wandb),
        Effect.provideService(EventLog, log)
      )

    const settle = Effect.gen(function* () {
      const isDone = yield* Fiber.awaitAll(workers.values()).pipe(
        Effect.timeoutTo({ duration: lastWait, onSuccess: () => true, onTimeout: () => false })
      )
      if (isDone) return
      const late = [...workers.keys()].filter((runId) => !outcomes.has(runId))
      yield* Effect.forEach(late, (runId) => report(runId, { _tag: "Unfinished" }), { discard: true })
      yield* Fiber.interruptAll(workers.values())
    })
    // By a fiber of its own: also where the command was interrupted, what there is to say is said.
    yield* Effect.addFinalizer(() =>
      Effect.flatMap(Effect.forkDaemon(Effect.interruptible(settle)), Fiber.join)
    )
    return {
      name: "Weights & Biases",
      follow: (runId) =>
        Effect.gen(function* () {
          const bell = yield* log.subscribe(runId)
          const atRest = yield* Deferred.make<void>()
          yield* Effect.addFinalizer(() => Deferred.succeed(atRest, undefined))
          workers.set(runId, yield* Effect.forkDaemon(Effect.interruptible(work(runId, bell, atRest))))
        })
    }
  })

/** How what is not there yet gets there. */
const troubleIn = (host: string, runId: RunId, outcome: Outcome, later: string): string | undefined => {
  switch (outcome._tag) {
    case "Sent":
      return undefined
    case "Kept":
      return outcome.outage === undefined
        ? `Weights & Biases: the run is kept in ${outcome.folder}; \`wandb sync ${outcome.folder}\` sends it`
        : `Weights & Biases at ${host} does not answer (${outcome.outage}); the run is kept in ${outcome.folder}: \`wandb sync ${outcome.folder}\` sends it later`
    case "Refused":
      return `Weights & Biases at ${host} refuses the key or the project: ${outcome.reason}; ${later}`
    case "Failed":
      return `Weights & Biases at ${host} did not take run ${runId}: ${outcome.reason}; ${later}`
    case "Unfinished":
      return `Weights & Biases at ${host} did not take all of run ${runId} in time; ${later}`
  }
}

/** A project's name as a shell takes it for one word. */
const wordFor = (name: string): string =>
  /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`
