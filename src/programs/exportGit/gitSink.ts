import { FileSystem } from "@effect/platform"
import { Duration, Effect, Exit, Redacted, Schedule } from "effect"
import type { RunId } from "../../domain/ids.ts"
import { printableLine } from "../../domain/printable.ts"
import type { EventLog } from "../../services/EventLog.ts"
import { shownUrl } from "../../services/Git/redacted.ts"
import { type Git, GitFailed } from "../../services/Git.ts"
import type { LogIndex } from "../../services/LogIndex.ts"
import { Notices } from "../../services/Notices.ts"
import type { RunCatalogue } from "../../services/RunCatalogue.ts"
import type { Sink } from "../../services/Sinks.ts"
import { makeExporter } from "./exporter.ts"
import type { MetricsOf } from "./metrics.ts"
import type { GitSettings } from "./settings.ts"

/** How long the end of a command waits. */
export interface Waits {
  /** The most that the last push may take, with what is tried again. */
  readonly last: Duration.Duration
  /** The same when the process was told to end. */
  readonly interrupted: Duration.Duration
  /** So long nothing is said of it. */
  readonly silent: Duration.Duration
}

const usual: Waits = {
  last: Duration.seconds(30),
  interrupted: Duration.seconds(5),
  silent: Duration.seconds(1)
}

interface SinkOptions {
  /** The words by which a further command finds the log. */
  readonly where: string
  /** Where the commits say that metrics are; in the log when left out. */
  readonly metrics?: MetricsOf | undefined
  readonly waits?: Waits | undefined
}

const longestPause = Duration.minutes(5)
/** How long one push of many may take, with all that belongs to it. */
const longestPush = Duration.minutes(10)

/** After a push that failed; a rejection is more often than not there the next time as well. */
const backoff = (interval: Duration.Duration) =>
  Schedule.exponential(Duration.min(interval, Duration.seconds(2))).pipe(
    Schedule.jittered,
    Schedule.union(Schedule.spaced(longestPause))
  )

/** After the last push has failed: twice more. */
const atTheEnd = (interval: Duration.Duration) =>
  Schedule.intersect(Schedule.exponential(Duration.min(interval, Duration.seconds(1))), Schedule.recurs(2))

/** Runs that the last line names one by one. */
const mostNamed = 5

/**
 * Brings the attempts of runs to the branches of a remote while they go on, and the rest when all have ended. It reads the
 * log at its own pace, so that no run ever waits for it; what a remote does not take now is tried again.
 */
export const gitSink = Effect.fn("gitSink")(function* (
  { identity, interval, remote }: GitSettings,
  { metrics, waits = usual, where }: SinkOptions
) {
  const notices = yield* Notices
  const files = yield* FileSystem.FileSystem
  const services = yield* Effect.context<EventLog | LogIndex | RunCatalogue | Git>()
  const address = printableLine(shownUrl(Redacted.value(remote.url)))
  const folder = yield* Effect.orDie(files.makeTempDirectoryScoped({ prefix: "seidr-git-" }))
  const exporter = makeExporter({ folder, remote, isOurs: true }, identity, metrics)
  const ended = new Set<RunId>()
  let isFailing = false

  const flush = Effect.gen(function* () {
    if (exporter.runs().length === 0) return
    // Of runs that had ended before the log was read, nothing will come any more.
    const over = [...ended]
    yield* Effect.timeoutFail(exporter.flush, {
      duration: longestPush,
      onTimeout: () => new GitFailed({ doing: `pushing to ${address}`, reason: "it took too long" })
    })
    exporter.drop(over)
    for (const runId of over) ended.delete(runId)
  }).pipe(
    Effect.provide(services),
    // One at a time: a push goes on where the one before has ended.
    (yield* Effect.makeSemaphore(1)).withPermits(1)
  )

  const flushInTheMiddle = flush.pipe(
    Effect.tap(() => {
      if (!isFailing) return Effect.void
      isFailing = false
      return notices.say(`git: ${address} takes the attempts again`)
    }),
    Effect.tapError(({ message }) => {
      if (isFailing) return Effect.void
      isFailing = true
      return notices.say(`git: ${message}. The search goes on; it is tried again`)
    }),
    Effect.retry(backoff(interval))
  )

  const left = (reason: string) => {
    const runs = exporter.runs()
    if (runs.length === 0) return Effect.void
    const named = runs.length > mostNamed ? "" : ` ${runs.join(" ")}`
    const what = runs.length === 1 ? `run ${runs[0]}` : `${runs.length} runs`
    return notices.say(
      `git: attempts of ${what} are not at ${address} (${reason}); ` +
        `\`seidr export git${named} --git-remote ${address}${where}\` brings them there`
    )
  }

  // Begun first, so that it is ended last: a push that is under way is let through.
  yield* Effect.delay(flushInTheMiddle, interval).pipe(
    Effect.forever,
    Effect.catchAllCause((cause) => Effect.logWarning("pushing to git broke", cause)),
    Effect.forkScoped
  )
  yield* Effect.addFinalizer((exit) => {
    const isInterrupted = Exit.isInterrupted(exit)
    const limit = isInterrupted ? waits.interrupted : waits.last
    const last = isInterrupted ? flush : Effect.retry(flush, atTheEnd(interval))
    const wait = notices.say(
      `git: the last attempts go to ${address}; the command ends when they are there, at the latest in ${Duration.format(limit)}`
    )
    return Effect.interruptible(last).pipe(
      aside(Effect.delay(wait, waits.silent)),
      Effect.timeoutFail({
        duration: limit,
        onTimeout: () => ({ message: `it took more than ${Duration.format(limit)}` })
      }),
      Effect.catchAll(({ message }) => left(message)),
      Effect.catchAllCause((cause) => Effect.logWarning("the last push to git broke", cause))
    )
  })

  const sink: Sink = {
    name: "git",
    follow: (runId) =>
      Effect.acquireRelease(
        Effect.sync(() => {
          ended.delete(runId)
          exporter.add(runId)
        }),
        () => Effect.sync(() => ended.add(runId))
      )
  }
  yield* notices.say(`git: attempts go to ${address} (--git-remote none: nowhere)`)
  return sink
})

/** While one goes on, another does; it ends with the first. */
const aside =
  (other: Effect.Effect<void>) =>
  <A, E, R>(main: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.scoped(Effect.zipRight(Effect.forkScoped(Effect.interruptible(other)), main))
