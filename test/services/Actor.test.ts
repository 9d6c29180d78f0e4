import { describe, expect, it } from "@effect/vitest"
import { Cause, Duration, Effect, Exit, FastCheck, Scope } from "effect"
import { draftId, type RunId } from "../../src/domain/ids.ts"
import { randomFor } from "../../src/domain/random.ts"
import { evolve } from "../../src/domain/search/evolve.ts"
import { notStarted } from "../../src/domain/search/state.ts"
import type { DraftWork } from "../../src/domain/search/work.ts"
import { type Actor, makeActor, type StepExit } from "../../src/services/Actor.ts"
import { LogFailed } from "../../src/services/EventLog.ts"
import type { Task } from "../../src/services/RunContext.ts"
import { preparedIn } from "../support/searching.ts"
import { published } from "../support/settings.ts"
import { startOf } from "../support/simulation.ts"

const world = { settings: published, oracle: { seed: 0, cases: 1, skill: 0, silence: 0 } }
const begun = evolve(notStarted, { pos: 0, event: startOf(world) })
const search = begun._tag === "Searching" ? begun.search : undefined

const taskOf = (run: string, order: number): Task<DraftWork> => ({
  run: {
    runId: run as RunId,
    settings: published,
    problem: preparedIn(world).problem,
    maxOutage: Duration.zero,
    adopts: false,
    append: () => Effect.succeed([])
  },
  work: {
    _tag: "Draft",
    node: draftId(order),
    ordinal: order,
    index: order,
    order,
    cause: 0,
    attempts: 0,
    answer: undefined
  },
  search: search!
})

const nameOf = ({ run, work }: Task<DraftWork>) => `${run.runId}${work.order}`

/** Who has been told what: once each. */
const ledger = () => {
  const told = new Map<string, StepExit>()
  return {
    told,
    submit: (actor: Actor<DraftWork>, run: string, order: number) =>
      actor.submit(taskOf(run, order), (exit) => {
        const name = `${run}${order}`
        if (told.has(name)) throw new Error(`${name} is told twice`)
        told.set(name, exit)
      })
  }
}

const reasonOf = (exit: StepExit | undefined): string =>
  exit?._tag === "Failure" ? Cause.pretty(exit.cause) : "no failure"

const settings = { name: "Test", concurrency: 2, capacity: 8 }

describe("an actor", () => {
  it.scoped("takes no more steps at a time than it may, and drains", () =>
    Effect.gen(function* () {
      const gate = yield* Effect.makeLatch()
      let [now, most] = [0, 0]
      const actor = yield* makeActor<DraftWork>(settings, () =>
        Effect.gen(function* () {
          now += 1
          most = Math.max(most, now)
          yield* gate.await
          now -= 1
          return 7
        })
      )
      yield* actor.drain
      const { told, submit } = ledger()
      for (let order = 0; order < 8; order++) yield* submit(actor, "A", order)
      yield* Effect.repeatN(Effect.yieldNow(), 50)
      expect([now, told.size]).toEqual([2, 0])
      yield* gate.open
      yield* actor.drain
      expect([most, told.size]).toEqual([2, 8])
      for (const exit of told.values()) expect(exit).toEqual(Exit.succeed(7))
    })
  )

  it.scoped("goes first in, first out within a run, and round robin between runs", () =>
    Effect.gen(function* () {
      const gate = yield* Effect.makeLatch()
      const taken: Array<string> = []
      const actor = yield* makeActor<DraftWork>({ ...settings, concurrency: 1 }, (task) =>
        Effect.as(
          Effect.zipRight(
            gate.await,
            Effect.sync(() => taken.push(nameOf(task)))
          ),
          0
        )
      )
      const { submit } = ledger()
      yield* submit(actor, "A", 0)
      yield* Effect.repeatN(Effect.yieldNow(), 20)
      for (const order of [1, 2, 3, 4]) yield* submit(actor, "A", order)
      for (const order of [9, 5]) yield* submit(actor, "B", order)
      yield* submit(actor, "C", 1)
      yield* gate.open
      yield* actor.drain
      expect(taken).toEqual(["A0", "A1", "B9", "C1", "A2", "B5", "A3", "A4"])
    })
  )

  it.scoped("takes a waiting step back at once, and a running one by interrupting it", () =>
    Effect.gen(function* () {
      let interrupted = 0
      const actor = yield* makeActor<DraftWork>({ ...settings, concurrency: 1 }, () =>
        Effect.onInterrupt(Effect.never, () => Effect.sync(() => interrupted++))
      )
      const { told, submit } = ledger()
      yield* submit(actor, "A", 0)
      yield* submit(actor, "A", 1)
      yield* submit(actor, "B", 0)
      yield* Effect.repeatN(Effect.yieldNow(), 20)
      yield* actor.cancel("B" as RunId, 0)
      expect([...told.keys()]).toEqual(["B0"])
      yield* actor.cancel("A" as RunId, 1)
      yield* actor.cancel("A" as RunId, 1)
      yield* actor.cancel("A" as RunId, 0)
      yield* actor.cancel("nobody" as RunId, 3)
      yield* actor.drain
      expect([told.size, interrupted]).toEqual([3, 1])
      for (const exit of told.values()) expect(Exit.isInterrupted(exit)).toBe(true)
    })
  )

  it.scoped("has room again for what was taken back", () =>
    Effect.gen(function* () {
      const actor = yield* makeActor<DraftWork>(
        { ...settings, concurrency: 1, capacity: 1 },
        () => Effect.never
      )
      const { submit } = ledger()
      yield* submit(actor, "A", 0)
      yield* Effect.repeatN(Effect.yieldNow(), 20)
      yield* submit(actor, "A", 1)
      expect(Exit.isFailure(yield* Effect.exit(submit(actor, "A", 2)))).toBe(true)
      yield* actor.cancel("A" as RunId, 1)
      yield* submit(actor, "A", 2)
      yield* submit(actor, "B", 2)
    })
  )

  it.scoped("tells a failure and a defect, and goes on", () =>
    Effect.gen(function* () {
      const failure = new LogFailed({ file: "f", doing: "testing", reason: "it is a test" })
      const actor = yield* makeActor<DraftWork>(settings, ({ work }) => {
        if (work.order === 0) throw new Error("thrown before it began")
        return work.order === 1
          ? Effect.dieMessage("died")
          : work.order === 2
            ? failure
            : Effect.succeed(work.order)
      })
      const { told, submit } = ledger()
      for (const order of [0, 1, 2, 3, 4]) yield* submit(actor, "A", order)
      yield* actor.drain
      expect(reasonOf(told.get("A0"))).toContain("thrown before it began")
      expect(reasonOf(told.get("A1"))).toContain("died")
      expect(told.get("A2")).toEqual(Exit.fail(failure))
      expect([told.get("A3"), told.get("A4")]).toEqual([Exit.succeed(3), Exit.succeed(4)])
    })
  )

  it.effect("interrupts what runs and tells all that waits when its scope closes", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      let interrupted = 0
      const actor = yield* Scope.extend(
        makeActor<DraftWork>(settings, () =>
          Effect.onInterrupt(Effect.never, () => Effect.sync(() => interrupted++))
        ),
        scope
      )
      const { told, submit } = ledger()
      for (const order of [0, 1, 2, 3]) yield* submit(actor, "A", order)
      yield* submit(actor, "B", 0)
      yield* Effect.repeatN(Effect.yieldNow(), 20)
      yield* Scope.close(scope, Exit.void)
      expect([told.size, interrupted]).toEqual([5, 2])
      for (const exit of told.values()) expect(Exit.isInterrupted(exit)).toBe(true)
    })
  )

  it.scoped.prop(
    "tells every step exactly once, whatever is submitted, taken back and slow",
    [FastCheck.integer()],
    ([seed]) =>
      Effect.gen(function* () {
        const random = randomFor(seed, "actor")
        const actor = yield* makeActor<DraftWork>(
          { name: "Test", concurrency: 3, capacity: 50 },
          ({ work }) => Effect.as(Effect.repeatN(Effect.yieldNow(), work.order % 7), work.order)
        )
        const { told, submit } = ledger()
        for (let order = 0; order < 40; order++) {
          yield* submit(actor, random.pick(["A", "B"]), order)
          if (random.chance(0.4))
            yield* actor.cancel(random.pick(["A", "B"]) as RunId, random.integer(0, order))
          if (random.chance(0.3)) yield* Effect.repeatN(Effect.yieldNow(), random.integer(0, 5))
        }
        yield* actor.drain
        expect(told.size).toBe(40)
        for (const [name, exit] of told) {
          if (!Exit.isInterrupted(exit)) expect(exit).toEqual(Exit.succeed(Number(name.slice(1))))
        }
      }),
    { fastCheck: { numRuns: 50 } }
  )
})
