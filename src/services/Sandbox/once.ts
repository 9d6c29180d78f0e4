import { Effect, Exit } from "effect"

/** Asks once and remembers success and failure; an interrupted asking is not an answer. */
export const once = <A, E>(ask: Effect.Effect<A, E>): Effect.Effect<A, E> => {
  const lock = Effect.unsafeMakeSemaphore(1)
  let answer: Exit.Exit<A, E> | undefined
  return lock.withPermits(1)(
    Effect.suspend(
      () =>
        answer ??
        Effect.onExit(ask, (exit) =>
          Effect.sync(() => {
            if (!Exit.isInterrupted(exit)) answer = exit
          })
        )
    )
  )
}
