import { Effect } from "effect"

/** Room for a number of sandboxes at once. */
export interface Lanes {
  /** Beside others. */
  readonly shared: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  /** With nothing beside it. Whoever comes later waits behind it, so that it does get its turn. */
  readonly alone: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}

export const makeLanes = (count: number): Lanes => {
  const permits = Effect.unsafeMakeSemaphore(count)
  const door = Effect.unsafeMakeSemaphore(1)
  const holding =
    (wanted: number) =>
    <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
      Effect.uninterruptibleMask((restore) =>
        restore(door.take(1)).pipe(
          Effect.zipRight(Effect.ensuring(restore(permits.take(wanted)), door.release(1))),
          Effect.zipRight(Effect.ensuring(restore(effect), permits.release(wanted)))
        )
      )
  return { shared: holding(1), alone: holding(count) }
}
