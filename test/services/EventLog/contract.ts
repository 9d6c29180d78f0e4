import { describe, expect, it } from "@effect/vitest"
import { Array as Arr, Chunk, Effect, Either, Fiber, type Layer, type Scope, Stream } from "effect"
import { sha256 } from "../../../src/domain/hash.ts"
import type { RunId } from "../../../src/domain/ids.ts"
import { EventLog, type LogFailed, type LogRefused } from "../../../src/services/EventLog.ts"
import type { Leases } from "../../../src/services/Leases.ts"
import type { RunCatalogue } from "../../../src/services/RunCatalogue.ts"
import { entry, evaluated, received, requested, resumed, run, runNamed, started } from "./samples.ts"

/** What every adapter of the log provides. */
export type LogLayer = Layer.Layer<EventLog | RunCatalogue | Leases, LogFailed | LogRefused>

const readAll = (runId: RunId, from?: number) =>
  Effect.gen(function* () {
    return Chunk.toReadonlyArray(yield* Stream.runCollect((yield* EventLog).read(runId, from)))
  })

const epochs = (runId: RunId) =>
  Effect.map(readAll(runId), (events) =>
    events.map(({ event }) => (event._tag === "RunResumed" ? event.epoch : event._tag))
  )

/** What holds of the event log, whatever keeps it. */
export const eventLogContract = (name: string, layer: LogLayer): void => {
  const test = <A, E>(title: string, body: () => Effect.Effect<A, E, EventLog | Scope.Scope>) =>
    it.live(title, () => Effect.provide(Effect.scoped(body()), layer))

  describe(`the event log ${name}`, () => {
    test("gives positions without a gap, and gives back what it took", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        const first = yield* log.append(run, [entry(started()), entry(requested("a"), 0)], [])
        const second = yield* log.append(run, [entry(received("a"), 1)], ["answer"])
        expect([...first, ...second].map(({ pos, cause }) => [pos, cause])).toEqual([
          [0, null],
          [1, 0],
          [2, 1]
        ])
        expect(yield* readAll(run)).toEqual([...first, ...second])
      }))

    test("reads from a position on, and nothing of a run that is not there", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        const count = 1_203
        yield* log.append(
          run,
          Arr.makeBy(count, (index) => entry(resumed(index))),
          []
        )
        expect(yield* epochs(run)).toEqual(Arr.makeBy(count, (index) => index))
        expect((yield* readAll(run, 1_000)).map(({ pos }) => pos)).toEqual(Arr.range(1_000, count - 1))
        expect(yield* readAll(run, count)).toEqual([])
        expect(yield* readAll(runNamed(2))).toEqual([])
      }))

    test("branches: a run shares the events of another up to a position, and the chain goes on", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        const [child, grandchild, sibling] = [runNamed(2), runNamed(3), runNamed(4)]
        yield* log.append(run, [entry(started()), ...Arr.makeBy(9, (index) => entry(resumed(index)))], [])
        yield* log.branch(child, { parent: run, position: 4 }, [entry(resumed(100))], [])
        const [stored] = yield* log.append(child, [entry(resumed(101))], [])
        expect(stored).toMatchObject({ runId: child, pos: 6 })
        yield* log.branch(grandchild, { parent: child, position: 5 }, [entry(resumed(200))], [])
        // Within what its parent has inherited itself.
        yield* log.branch(sibling, { parent: child, position: 2 }, [entry(resumed(300))], [])
        expect(yield* epochs(child)).toEqual(["RunStarted", 0, 1, 2, 3, 100, 101])
        expect(yield* epochs(grandchild)).toEqual(["RunStarted", 0, 1, 2, 3, 100, 200])
        expect(yield* epochs(sibling)).toEqual(["RunStarted", 0, 1, 300])
        expect((yield* readAll(grandchild, 4)).map(({ pos, runId }) => [pos, runId])).toEqual([
          [4, run],
          [5, child],
          [6, grandchild]
        ])
        expect(yield* epochs(run)).toEqual(["RunStarted", ...Arr.range(0, 8)])
        for (const [taken, origin] of [
          [child, { parent: run, position: 1 }],
          [runNamed(5), { parent: run, position: 10 }],
          [runNamed(5), { parent: runNamed(9), position: 0 }]
        ] as const) {
          expect(
            Either.isLeft(yield* Effect.either(log.branch(taken, origin, [entry(resumed(1))], [])))
          ).toBe(true)
        }
        expect(yield* readAll(runNamed(5))).toEqual([])
      }))

    test("finds the answer of the nearest ancestor to the very same request", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        const [child, grandchild] = [runNamed(2), runNamed(3)]
        yield* log.append(
          run,
          [entry(started()), entry(received("a", "first")), entry(received("b", "old"))],
          []
        )
        yield* log.branch(child, { parent: run, position: 0 }, [entry(received("b", "new"))], [])
        yield* log.branch(grandchild, { parent: child, position: 1 }, [entry(resumed(1))], [])
        const answer = (runId: RunId, callKey: string, request = "request") =>
          Effect.map(log.answerOfAncestor(runId, callKey, sha256(request)), (found) => found?.answer.answer)
        expect(yield* answer(grandchild, "a")).toBe(sha256("first"))
        expect(yield* answer(grandchild, "b")).toBe(sha256("new"))
        expect(yield* answer(child, "b")).toBe(sha256("old"))
        expect(yield* answer(child, "a", "another request")).toBeUndefined()
        expect(yield* answer(run, "a")).toBeUndefined()
      }))

    test("takes all of a call or nothing", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        yield* log.append(run, [entry(started()), entry(received("a", "first"))], ["first"])
        const again = yield* Effect.flip(
          log.append(run, [entry(resumed(1)), entry(received("a", "second"))], ["second"])
        )
        expect(again.message).toMatch(/an answer to this call is in the log already/)
        const twice = log.append(run, [entry(received("b")), entry(received("b"))], ["third"])
        expect((yield* Effect.flip(twice))._tag).toBe("LogFailed")
        expect((yield* Effect.flip(log.text(sha256("second")))).message).toMatch(/is missing/)
        expect((yield* Effect.flip(log.text(sha256("third")))).message).toMatch(/is missing/)
        const [next] = yield* log.append(run, [entry(resumed(2))], [])
        expect(next!.pos).toBe(2)
      }))

    test("keeps one answer per call and run, not per call", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        yield* log.append(run, [entry(received("a"))], [])
        expect(yield* log.append(runNamed(2), [entry(received("a"))], [])).toHaveLength(1)
        expect(yield* log.append(run, [entry(requested("a"))], [])).toHaveLength(1)
      }))

    test("refuses what it could not give back", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        const broken = { ...evaluated(0, 1), score: Number.NaN }
        const error = yield* Effect.flip(log.append(run, [entry(resumed(0)), entry(broken)], ["text"]))
        expect(error.message).toMatch(/ProgramEvaluated could not be read again[\s\S]*score/)
        expect(yield* readAll(run)).toEqual([])
        expect((yield* Effect.flip(log.text(sha256("text"))))._tag).toBe("LogFailed")
      }))

    test("lets a bad call among many fail alone", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        yield* log.append(runNamed(7), [entry(received("a"))], [])
        const outcomes = yield* Effect.forEach(
          Arr.range(0, 49),
          (index) =>
            Effect.either(
              index % 10 === 7
                ? log.append(runNamed(7), [entry(resumed(index)), entry(received("a"))], [`bad ${index}`])
                : log.append(runNamed(index % 10), [entry(resumed(index))], [`good ${index}`])
            ),
          { concurrency: "unbounded" }
        )
        expect(outcomes.map(Either.isRight)).toEqual(Arr.makeBy(50, (index) => index % 10 !== 7))
        expect(yield* epochs(runNamed(7))).toEqual(["CompletionReceived"])
        expect(yield* epochs(runNamed(3))).toEqual([3, 13, 23, 33, 43])
        expect(yield* log.text(sha256("good 43"))).toBe("good 43")
        expect((yield* Effect.flip(log.text(sha256("bad 47"))))._tag).toBe("LogFailed")
      }))

    test("keeps the order in which fibers append to a run", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        yield* Effect.forEach(Arr.range(0, 999), (index) => log.append(run, [entry(resumed(index))], []), {
          concurrency: "unbounded"
        })
        expect(yield* epochs(run)).toEqual(Arr.range(0, 999))
      }))

    test("takes an interrupted call whole or not at all", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        const fibers = yield* Effect.forEach(Arr.range(0, 99), (index) =>
          Effect.fork(
            log.append(
              run,
              Arr.makeBy(3, () => entry(resumed(index))),
              []
            )
          )
        )
        yield* Effect.yieldNow()
        yield* Fiber.interruptAll(fibers.filter((_, index) => index % 3 === 0))
        for (const [index, fiber] of fibers.entries()) if (index % 3 !== 0) yield* Fiber.join(fiber)
        const found = yield* epochs(run)
        for (let index = 0; index < 100; index++) {
          const here = found.filter((epoch) => epoch === index).length
          expect(index % 3 === 0 ? [0, 3] : [3]).toContain(here)
        }
        expect((yield* readAll(run)).map(({ pos }) => pos)).toEqual(Arr.range(0, found.length - 1))
      }))

    test("keeps texts by their hashes, whatever they hold", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        const texts = [
          "",
          "a",
          "\0\u001b[31m",
          "łódź 🚣 \u2028",
          "x".repeat(2 ** 20),
          "print(1)\n".repeat(200)
        ]
        yield* log.append(run, [], [...texts, ...texts])
        yield* log.append(runNamed(2), [entry(resumed(0))], texts)
        for (const text of texts) expect(yield* log.text(sha256(text))).toBe(text)
        const short = texts.filter(({ length }) => length < 2_000)
        const asked = [...short, "never written"].map((text) => sha256(text))
        expect(yield* log.texts(asked)).toEqual(new Map(short.map((text) => [sha256(text), text])))
        expect(yield* log.texts([])).toEqual(new Map())
        const error = yield* Effect.flip(log.text(sha256("never written")))
        expect(error.message).toContain(sha256("never written"))
        const tooBig = "x".repeat(64 * 2 ** 20 + 1)
        expect((yield* Effect.flip(log.append(run, [entry(resumed(1))], [tooBig]))).message).toMatch(
          /67108865 bytes is over the 67108864/
        )
        expect(yield* readAll(run)).toEqual([])
      }))

    test("finds a text that was missing when it was first asked for", () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        yield* Effect.flip(log.text(sha256("late")))
        yield* log.append(run, [], ["late"])
        expect(yield* log.text(sha256("late"))).toBe("late")
      }))
  })
}
