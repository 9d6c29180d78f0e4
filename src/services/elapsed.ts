import { type Clock, Effect } from "effect"

/**
 * Milliseconds by a clock that nobody sets. Whoever measures how long something takes must not read the wall clock: it
 * may be put back or forward meanwhile.
 */
export const unsafeElapsedMs = (clock: Clock.Clock): number =>
  Number(clock.unsafeCurrentTimeNanos() / 1_000n) / 1_000

export const elapsedMs: Effect.Effect<number> = Effect.clockWith((clock) =>
  Effect.sync(() => unsafeElapsedMs(clock))
)
