import { describe, expect, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Scope } from "effect"
import type { SearchEnded } from "../../../src/domain/events.ts"
import { sha256 } from "../../../src/domain/hash.ts"
import { draftId } from "../../../src/domain/ids.ts"
import { EventLog } from "../../../src/services/EventLog.ts"
import { Leases } from "../../../src/services/Leases.ts"
import { RunCatalogue } from "../../../src/services/RunCatalogue.ts"
import type { LogLayer } from "./contract.ts"
import { entry, evaluated, resumed, run, runNamed, started } from "./samples.ts"

const tally = { programs: 3, calls: 4, tokens: { in: 5, out: 6 } }

const ended: SearchEnded = {
  _tag: "SearchEnded",
  status: "solved",
  generations: 1,
  best: { node: draftId(2), index: 2, program: sha256("p"), score: 1, passed: 4, total: 4 },
  used: tally,
  surplus: tally,
  digest: "sd1-x"
}

/** What holds of the catalogue and the leases, whatever keeps them. */
export const catalogueContract = (name: string, layer: LogLayer): void => {
  const test = <A, E>(
    title: string,
    body: () => Effect.Effect<A, E, EventLog | RunCatalogue | Leases | Scope.Scope>
  ) => it.live(title, () => Effect.provide(Effect.scoped(body()), layer))

  describe(`the catalogue of runs ${name}`, () => {
    test("lists what runs there are, and how they stand", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        const catalogue = yield* RunCatalogue
        expect(yield* catalogue.list).toEqual([])
        const [first] = yield* log.append(run, [entry(started("mine"))], [])
        yield* log.append(run, [entry(evaluated(0, 1)), entry(evaluated(1, 3)), entry(evaluated(2, 3))], [])
        const line = {
          runId: run,
          label: "mine",
          problem: "bowling",
          language: "python",
          model: "scripted",
          status: "running",
          programs: 3,
          best: { node: "d1", score: 0.75, passed: 3, total: 4 },
          parent: null,
          startedAt: first!.at
        }
        expect(yield* catalogue.list).toEqual([line])
        yield* log.append(run, [entry({ _tag: "RunInterrupted", by: "stop", reason: "told to" })], [])
        expect(yield* catalogue.list).toEqual([{ ...line, status: "interrupted" }])
        yield* log.append(run, [entry(resumed(2))], [])
        expect(yield* catalogue.list).toEqual([line])
        yield* log.append(run, [entry(ended), entry({ _tag: "RunFinished", status: "solved" })], [])
        const solved = {
          ...line,
          status: "solved",
          best: { node: "d2", score: 1, passed: 4, total: 4 }
        }
        expect(yield* catalogue.list).toEqual([solved])
        yield* log.append(run, [entry({ _tag: "RunInterrupted", by: "stop", reason: "too late" })], [])
        expect(yield* catalogue.list).toEqual([solved])
      }))

    test("finds a run by its id, the beginning of it in either case, or its label", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        const catalogue = yield* RunCatalogue
        for (const number of [1, 2, 11]) {
          yield* log.append(runNamed(number), [entry(started(number === 2 ? null : "same"))], [])
        }
        const find = (text: string) => Effect.map(catalogue.find(text), ({ runId }) => runId)
        expect(yield* find(runNamed(2))).toBe(runNamed(2))
        expect(yield* find(runNamed(2).toLowerCase())).toBe(runNamed(2))
        expect(yield* find("same")).toBe(runNamed(11))
        expect(yield* find(runNamed(11).slice(0, 25))).toBe(runNamed(11))
        const several = yield* Effect.flip(catalogue.find("01j"))
        expect(several).toMatchObject({
          _tag: "RunUnknown",
          candidates: [runNamed(1), runNamed(2), runNamed(11)]
        })
        for (const text of ["", "%", "_", "nothing", "02"]) {
          expect(yield* Effect.flip(catalogue.find(text))).toMatchObject({
            _tag: "RunUnknown",
            candidates: []
          })
        }
      }))

    test("prefers a label to the beginning of an id", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        yield* log.append(runNamed(1), [entry(started())], [])
        yield* log.append("02J00000000000000000000000" as typeof run, [entry(started("01J"))], [])
        const found = yield* (yield* RunCatalogue).find("01J")
        expect(found.label).toBe("01J")
      }))
  })

  describe(`leases ${name}`, () => {
    test("are held by one at a time, and count how often a run was taken up", () =>
      Effect.gen(function* () {
        const leases = yield* Leases
        expect(yield* leases.isHeld(run)).toBe(false)
        for (const epoch of [1, 2]) {
          const scope = yield* Scope.make()
          const lease = yield* Scope.extend(leases.acquire(run), scope)
          expect(lease.epoch).toBe(epoch)
          expect(yield* leases.isHeld(run)).toBe(true)
          expect(yield* Effect.flip(leases.acquire(run))).toMatchObject({ _tag: "RunHeld", pid: process.pid })
          expect((yield* leases.acquire(runNamed(epoch + 1))).epoch).toBe(1)
          yield* Scope.close(scope, Exit.void)
          expect(yield* leases.isHeld(run)).toBe(false)
        }
      }))

    test("are given to one of many who want them at once", () =>
      Effect.gen(function* () {
        const leases = yield* Leases
        const outcomes = yield* Effect.forEach(
          Array.from({ length: 20 }),
          () => Effect.either(leases.acquire(run)),
          { concurrency: "unbounded" }
        )
        expect(outcomes.filter(({ _tag }) => _tag === "Right")).toHaveLength(1)
      }))

    test("tell their holder that it shall stop", () =>
      Effect.gen(function* () {
        const leases = yield* Leases
        expect(yield* leases.requestStop(run)).toBe(false)
        const lease = yield* leases.acquire(run)
        const waiting = yield* Effect.fork(lease.stopRequested)
        expect(yield* leases.requestStop(run)).toBe(true)
        yield* Fiber.join(waiting)
        yield* lease.stopRequested
      }))

    test("do not hand a request to stop on to the next holder", () =>
      Effect.gen(function* () {
        const leases = yield* Leases
        yield* Effect.scoped(Effect.zipRight(leases.acquire(run), leases.requestStop(run)))
        const lease = yield* leases.acquire(run)
        expect(yield* Effect.timeoutOption(lease.stopRequested, "600 millis")).toMatchObject({ _tag: "None" })
      }))
  })
}
