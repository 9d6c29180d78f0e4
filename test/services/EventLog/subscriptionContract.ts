import { describe, expect, it } from "@effect/vitest"
import { Array as Arr, Chunk, Effect, Exit, Queue, Scope } from "effect"
import type { RunId } from "../../../src/domain/ids.ts"
import { EventLog } from "../../../src/services/EventLog.ts"
import type { LogLayer } from "./contract.ts"
import { entry, resumed, run, runNamed } from "./samples.ts"

/** What holds of those who are told what a log takes in, whatever keeps it. */
export const subscriptionContract = (name: string, layer: LogLayer): void => {
  const test = <A, E>(title: string, body: () => Effect.Effect<A, E, EventLog | Scope.Scope>) =>
    it.live(title, () => Effect.provide(Effect.scoped(body()), layer))

  describe(`subscriptions of the event log ${name}`, () => {
    test("tells subscribers of a run what is appended from then on, in order", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        yield* log.append(run, [entry(resumed(0))], [])
        const mine = yield* log.subscribe(run)
        const others = yield* log.subscribe(runNamed(2))
        const appended = yield* Effect.forEach(
          Arr.range(1, 300),
          (index) => log.append(index % 3 === 0 ? runNamed(2) : run, [entry(resumed(index))], []),
          { concurrency: 16 }
        )
        const of = (runId: RunId) => appended.flat().filter((stored) => stored.runId === runId)
        expect(Chunk.toReadonlyArray(yield* Queue.takeN(mine, 200))).toEqual(of(run))
        expect(Chunk.toReadonlyArray(yield* Queue.takeN(others, 100))).toEqual(of(runNamed(2)))
      }))

    test("does not wait for a subscriber that takes nothing, and leaves nothing out for it", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        const subscription = yield* log.subscribe(run)
        const batches = Arr.makeBy(100, (batch) =>
          Arr.makeBy(100, (index) => entry(resumed(100 * batch + index)))
        )
        yield* Effect.forEach(batches, (entries) => log.append(run, entries, []), { discard: true })
        const taken = yield* Queue.takeN(subscription, 10_000)
        expect(Chunk.toReadonlyArray(taken).map(({ pos }) => pos)).toEqual(Arr.range(0, 9_999))
        yield* log.append(run, [entry(resumed(10_000))], [])
        expect((yield* Queue.take(subscription)).pos).toBe(10_000)
      }))

    test("lets go of a subscriber whose scope closes", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        const scope = yield* Scope.make()
        const subscription = yield* Scope.extend(log.subscribe(run), scope)
        yield* Scope.close(scope, Exit.void)
        expect(yield* Queue.isShutdown(subscription)).toBe(true)
        expect(yield* log.append(run, [entry(resumed(0))], [])).toHaveLength(1)
      }))
  })
}
