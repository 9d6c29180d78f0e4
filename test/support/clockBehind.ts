import { Clock, Effect } from "effect"

/** The clock as it is now, whose wall time somebody has put back by some milliseconds. */
export const clockBehind = (behind: () => number): Effect.Effect<Clock.Clock> =>
  Effect.clockWith((clock) => {
    const wall = () => clock.unsafeCurrentTimeMillis() - behind()
    return Effect.succeed<Clock.Clock>({
      [Clock.ClockTypeId]: Clock.ClockTypeId,
      unsafeCurrentTimeMillis: wall,
      currentTimeMillis: Effect.sync(wall),
      unsafeCurrentTimeNanos: () => clock.unsafeCurrentTimeNanos(),
      currentTimeNanos: clock.currentTimeNanos,
      sleep: (duration) => clock.sleep(duration)
    })
  })
