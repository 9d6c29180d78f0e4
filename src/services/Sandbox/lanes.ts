import { Effect, Scope } from "effect"

/** Room for a number of sandboxes at once. */
export interface Lanes {
  /** Beside others. */
  readonly shared: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  /** With nothing beside it. Whoever comes later waits behind it, so that it does get its turn. */
  readonly alone: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  /** The same as `shared` or `alone`, until the scope ends. */
  readonly hold: (how: "shared" | "alone") => Effect.Effect<void, never, Scope.Scope>
}

export const makeLanes = (count: number): Lanes => {
  const permits = Effect.unsafeMakeSemaphore(count)
  const door = Effect.unsafeMakeSemaphore(1)
  const hold: Lanes["hold"] = (how) => {
    const wanted = how === "alone" ? count : 1
    return Effect.uninterruptibleMask((restore) =>
      restore(door.take(1)).pipe(
        Effect.zipRight(Effect.ensuring(restore(permits.take(wanted)), door.release(1))),
        Effect.zipRight(Effect.addFinalizer(() => permits.release(wanted)))
      )
    )
  }
  const holding =
    (how: "shared" | "alone") =>
    <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
      Effect.acquireUseRelease(
        Scope.make(),
        (scope) => Effect.zipRight(Scope.extend(hold(how), scope), effect),
        Scope.close
      )
  return { shared: holding("shared"), alone: holding("alone"), hold }
}
