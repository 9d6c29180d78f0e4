import { Cause, type Duration, Effect, Exit, Fiber, Schema } from "effect"
import type { RunInterrupted } from "../../domain/events.ts"
import type { RunId } from "../../domain/ids.ts"
import type { Problem } from "../../domain/problem.ts"
import type { RunState } from "../../domain/search/state.ts"
import type { SearchSettings } from "../../domain/settings.ts"
import type { StepError } from "../../services/Actor.ts"
import { EventLog, type LogFailed } from "../../services/EventLog.ts"
import { type Lease, Leases, type RunHeld } from "../../services/Leases.ts"
import type { Ring } from "../../services/Ring.ts"
import { followed } from "../../services/Sinks.ts"
import { drive, type Observer } from "../drive.ts"
import { resultOf, type SolveResult } from "./result.ts"

/** Another process has asked the run to stop; it can be resumed. */
export class RunStopped extends Schema.TaggedError<RunStopped>()("RunStopped", { runId: Schema.String }) {
  override get message(): string {
    return `run ${this.runId} was stopped; \`seidr resume ${this.runId}\` goes on with it`
  }
}

interface Conduct {
  readonly runId: RunId
  readonly settings: SearchSettings
  readonly problem: Problem
  readonly maxOutage: Duration.Duration
  readonly adopts: boolean
  /** Where the run stands, and the position of its last event; whether it has no event of its own yet. */
  readonly initial: { readonly state: RunState; readonly pos: number; readonly isNew: boolean }
  /** Appends the events with which this process takes the run up; gives the position of the last. */
  readonly start: (lease: Lease) => Effect.Effect<number, LogFailed>
  readonly observe: Observer
}

/**
 * Drives a run under its lease, until it is finished, fails, is asked to stop or is interrupted; an end that is not
 * the run's own is in the log, so that it can be resumed.
 */
export const conduct = ({
  runId,
  settings,
  problem,
  maxOutage,
  adopts,
  initial,
  start,
  observe
}: Conduct): Effect.Effect<SolveResult, StepError | RunHeld | RunStopped, EventLog | Ring | Leases> =>
  Effect.scoped(
    Effect.gen(function* () {
      const log = yield* EventLog
      const lease = yield* (yield* Leases).acquire(runId)
      yield* followed(runId)
      const run = {
        runId,
        settings,
        problem,
        maxOutage,
        adopts,
        append: (entries: Parameters<typeof log.append>[1], texts: ReadonlyArray<string>) =>
          log.append(runId, entries, texts)
      }
      /** What has no beginning in the log needs no end there. */
      let hasBegun = !initial.isNew
      const letGo = (by: RunInterrupted["by"], reason: string) =>
        hasBegun
          ? Effect.ignore(
              log.append(runId, [{ event: { _tag: "RunInterrupted", by, reason }, cause: null }], [])
            )
          : Effect.void
      const begin = Effect.tap(start(lease), () => {
        hasBegun = true
      })

      const stopped = Effect.zipRight(lease.stopRequested, new RunStopped({ runId }))
      const state = yield* untilStopped(drive(run, initial, begin, observe), stopped).pipe(
        Effect.onExit((exit) => {
          if (Exit.isSuccess(exit)) return Effect.void
          if (Cause.isInterruptedOnly(exit.cause)) return letGo("signal", "the process was told to end")
          const error = Cause.squash(exit.cause)
          return error instanceof RunStopped
            ? letGo("stop", "seidr stop")
            : letGo("failure", error instanceof Error ? error.message : String(error))
        })
      )
      if (state._tag === "NotStarted") return yield* Effect.dieMessage(`run ${runId} did not begin`)
      return yield* resultOf(runId, problem.name, state.search)
    })
  )

/**
 * The effect, taken back when `stopped` fails; that failure is the result then. Unlike a race it comes back, also when it
 * is interrupted, only after the effect has come to rest: nothing of a run is written after it was let go.
 */
const untilStopped = <A, E, R, E2>(
  effect: Effect.Effect<A, E, R>,
  stopped: Effect.Effect<never, E2>
): Effect.Effect<A, E | E2, R> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      let reason: Cause.Cause<E2> | undefined
      const working = yield* Effect.fork(restore(effect))
      const watching = yield* Effect.fork(
        Effect.catchAllCause(restore(stopped), (cause) => {
          if (Cause.isInterruptedOnly(cause)) return Effect.void
          reason = cause
          return Fiber.interruptFork(working)
        })
      )
      const exit = yield* restore(Fiber.await(working)).pipe(
        Effect.onInterrupt(() => Fiber.interrupt(working)),
        Effect.ensuring(Fiber.interrupt(watching))
      )
      if (reason !== undefined && Exit.isInterrupted(exit)) return yield* Effect.failCause(reason)
      return yield* exit
    })
  )
