import { describe, expect, it } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import { makeLanes } from "../../../src/services/Sandbox/lanes.ts"

describe("lanes", () => {
  it.effect("alone means alone, even where others keep coming", () =>
    Effect.gen(function* () {
      const { alone, shared } = makeLanes(2)
      let inside = 0
      let most = 0
      let beside = 0
      const work = Effect.acquireUseRelease(
        Effect.sync(() => {
          inside += 1
          most = Math.max(most, inside)
        }),
        () => Effect.yieldNow(),
        () =>
          Effect.sync(() => {
            inside -= 1
          })
      )
      const lonely = Effect.zipRight(
        Effect.sync(() => {
          beside += inside
        }),
        work
      )
      const order: Array<number> = []
      const jobs = Array.from({ length: 40 }, (_, index) =>
        Effect.zipRight(
          index % 7 === 3 ? alone(lonely) : shared(work),
          Effect.sync(() => order.push(index))
        )
      )
      yield* Effect.all(jobs, { concurrency: "unbounded" })
      expect({ most, beside }).toEqual({ most: 2, beside: 0 })
      expect(order.indexOf(3)).toBeLessThan(6)
    })
  )

  it.effect("who is interrupted while waiting or working leaves the room", () =>
    Effect.gen(function* () {
      const { alone, shared } = makeLanes(2)
      const never = yield* Deferred.make<void>()
      const first = yield* Effect.fork(shared(Deferred.await(never)))
      yield* Effect.yieldNow()
      const waiting = yield* Effect.fork(alone(Effect.void))
      const behind = yield* Effect.fork(shared(Effect.succeed("went on")))
      yield* Effect.yieldNow()
      yield* Fiber.interrupt(waiting)
      expect(yield* Fiber.join(behind)).toBe("went on")
      yield* Fiber.interrupt(first)
      expect(yield* alone(Effect.succeed("alone"))).toBe("alone")
    })
  )
})
