import { Context, Effect, type Scope } from "effect"
import type { RunId } from "../domain/ids.ts"

/**
 * Somewhere outside where runs are shown while they go on. It may be down, slow or unwilling: that is its own affair, and
 * it neither stops nor slows a run.
 */
export interface Sink {
  readonly name: string
  /**
   * This process takes a run up: what the log has of it, and what comes, is to be shown. It is told before the first event
   * that this process appends; the scope ends when the run has come to rest here, and all its events are in the log. Neither
   * may wait for anything outside: a sink reads the log at its own pace, and what is left to be done when runs have ended
   * belongs to the scope of its layer, which ends after all runs, within a bounded time.
   */
  readonly follow: (runId: RunId) => Effect.Effect<void, never, Scope.Scope>
}

/** All sinks of this process; none by default. */
export class Sinks extends Context.Reference<Sinks>()("seidr/Sinks", {
  defaultValue: (): ReadonlyArray<Sink> => []
}) {}

/** Tells every sink of a run; a sink that breaks is left out. */
export const followed = (runId: RunId): Effect.Effect<void, never, Scope.Scope> =>
  Effect.flatMap(Sinks, (sinks) =>
    Effect.forEach(
      sinks,
      ({ follow, name }) =>
        Effect.catchAllCause(follow(runId), (cause) =>
          Effect.logWarning(`${name} does not follow run ${runId}`, cause)
        ),
      { discard: true }
    )
  )
