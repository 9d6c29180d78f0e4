import { Effect, Exit, Scope } from "effect"
import type { Confinement } from "./confinement.ts"
import type { Toolchain } from "./driver.ts"
import type { Runner } from "./runner.ts"

interface Waiting {
  readonly key: string
  readonly runner: Runner
  readonly scope: Scope.CloseableScope
}

/**
 * The same sandboxes, of which up to `most` wait ready for the tool chain that was asked for last: a next one is made
 * while its predecessor runs. They end with the scope at the latest. One that has broken while it waited is not used.
 */
export const withWaiting = (
  confinement: Confinement,
  most: number
): Effect.Effect<Confinement, never, Scope.Scope> =>
  Effect.gen(function* () {
    const own = yield* Effect.scope
    let waiting: ReadonlyArray<Waiting> = []
    let starting = 0

    const close = ({ scope }: Waiting) => Scope.close(scope, Exit.void)
    yield* Effect.addFinalizer(() => Effect.suspend(() => Effect.forEach(waiting, close, { discard: true })))

    const makeNext = (toolchain: Toolchain, key: string) =>
      Effect.uninterruptibleMask((restore) =>
        Effect.gen(function* () {
          const scope = yield* Scope.make()
          const started = yield* Effect.exit(restore(Scope.extend(confinement.start(toolchain), scope)))
          starting -= 1
          // Whoever needs a sandbox makes one then, and meets what has failed here.
          if (Exit.isFailure(started)) return yield* Scope.close(scope, started)
          waiting = [...waiting, { key, runner: started.value, scope }]
        })
      )

    const refill = (toolchain: Toolchain, key: string) =>
      Effect.gen(function* () {
        const others = waiting.filter((one) => one.key !== key)
        waiting = waiting.filter((one) => one.key === key)
        yield* Effect.forkIn(Effect.forEach(others, close, { discard: true }), own)
        if (waiting.length + starting >= most) return
        starting += 1
        yield* Effect.forkIn(makeNext(toolchain, key), own)
      })

    const start: Confinement["start"] = (toolchain, disk) =>
      disk !== undefined
        ? confinement.start(toolchain, disk)
        : Effect.gen(function* () {
            const key = JSON.stringify(toolchain)
            const found = waiting.find((one) => one.key === key)
            waiting = waiting.filter((one) => one !== found)
            if (found !== undefined) yield* Effect.addFinalizer(() => close(found))
            yield* refill(toolchain, key)
            return found?.runner.isSound() ? found.runner : undefined
          }).pipe(
            Effect.uninterruptible,
            Effect.flatMap((runner) =>
              runner === undefined ? confinement.start(toolchain) : Effect.succeed(runner)
            )
          )

    return most > 0 ? { start } : confinement
  })
