import { describe, expect, it } from "@effect/vitest"
import { Cause, Duration, Effect, Exit, Fiber, Option, TestClock } from "effect"
import type { RunId } from "../../src/domain/ids.ts"
import { resume } from "../../src/programs/resume.ts"
import { EventLog } from "../../src/services/EventLog.ts"
import { scripted } from "../../src/services/LanguageModel/scripted.ts"
import {
  type ModelCall,
  type ModelError,
  ModelRefused,
  ModelUnavailable
} from "../../src/services/LanguageModel.ts"
import { clockBehind } from "../support/clockBehind.ts"
import { answerOf, type Oracle } from "../support/oracle.ts"
import { replayAll } from "../support/replayAll.ts"
import { eventsOf, preparedIn, replayed, searching, solveAndReplay } from "../support/searching.ts"
import { published } from "../support/settings.ts"
import { only } from "../support/stepsLeft.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

const oracle: Oracle = { seed: 4, cases: 4, skill: 0.2, silence: 0 }
const world = { settings: { ...published, maxPrograms: 12, explanations: 1 }, oracle }

const unavailable = new ModelUnavailable({ model: "scripted", endpoint: "nowhere", reason: "it is asleep" })
const refused = new ModelRefused({
  model: "scripted",
  endpoint: "nowhere",
  reason: "no key",
  advice: "Get one."
})

/** The oracle's model, which fails as it is told to before it answers. */
const failing = (failure: (call: ModelCall) => Effect.Effect<void, ModelError>) =>
  scripted(({ role }, call) => Effect.as(failure(call), answerOf(oracle, role, call.callKey)))

/** Runs an effect to its end while the clock runs as fast as it can; gives how long that took (ms). */
const hurried = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.fork(effect)
    const started = yield* Effect.clockWith((clock) => clock.currentTimeMillis)
    while (Option.isNone(yield* Fiber.poll(fiber))) {
      yield* TestClock.adjust("50 millis")
      yield* Effect.repeatN(Effect.yieldNow(), 5)
    }
    const exit = yield* Fiber.await(fiber)
    return { exit, took: (yield* Effect.clockWith((clock) => clock.currentTimeMillis)) - started }
  })

const solving = (failure: Parameters<typeof failing>[0], maxOutage: Duration.DurationInput = "20 seconds") =>
  Effect.gen(function* () {
    const database = yield* temporaryLog
    let runId: RunId | undefined
    const { exit, took } = yield* hurried(
      Effect.provide(
        solveAndReplay(preparedIn(world, maxOutage), undefined, (id) =>
          Effect.sync(() => {
            runId = id
          })
        ),
        searching({ database, model: failing(failure) })
      )
    )
    const stored = yield* Effect.provide(eventsOf(runId!), searching({ database, model: failing(failure) }))
    // Also what was left by a failure replays as far as it has come.
    yield* Effect.promise(() => replayAll(database))
    return { database, runId: runId!, exit, took, events: stored.map(({ event }) => event) }
  })

const failureOf = (exit: Exit.Exit<unknown, unknown>): unknown =>
  Exit.isFailure(exit) ? Option.getOrUndefined(Cause.failureOption(exit.cause)) : undefined

describe("an endpoint that fails", () => {
  it.scoped("for a while is asked again: the attempts are in the log, and the digest is the same", () =>
    Effect.gen(function* () {
      const calm = yield* solving(() => Effect.void)
      const rough = yield* solving(({ attempt }) => (attempt <= 3 ? unavailable : Effect.void))
      const ended = [calm, rough].map(({ events }) => only(events, "SearchEnded")[0]!)
      expect(ended[1]!.digest).toBe(ended[0]!.digest)
      expect(ended[1]!.used).toEqual(ended[0]!.used)
      const answers = only(rough.events, "CompletionReceived")
      expect(answers.length).toBeGreaterThan(5)
      for (const { attempt } of answers) expect(attempt).toBe(4)
      expect(only(rough.events, "CompletionFailed").length).toBe(3 * answers.length)
      expect(only(rough.events, "CompletionFailed")[0]).toMatchObject({
        attempt: 1,
        error: "ModelUnavailable",
        reason: unavailable.message
      })
      expect(only(calm.events, "CompletionFailed")).toEqual([])
    })
  )

  it.scoped("for longer than may be ends the run, which goes on later and buys nothing twice", () =>
    Effect.gen(function* () {
      const calm = yield* solving(() => Effect.void)
      let answers = 0
      // The endpoint dies after a few answers.
      const dying = yield* solving(() => (++answers > 6 ? unavailable : Effect.void), "3 seconds")
      expect(failureOf(dying.exit)).toEqual(unavailable)
      expect(dying.took).toBeLessThan(4_000)
      expect(dying.events.at(-1)).toEqual({
        _tag: "RunInterrupted",
        by: "failure",
        reason: unavailable.message
      })
      const known = new Set(only(dying.events, "CompletionReceived").map(({ callKey }) => callKey))
      expect(known.size).toBe(6)
      const asked: Array<string> = []
      const awake = failing(({ callKey }) => Effect.sync(() => asked.push(callKey)))
      const { digest } = yield* Effect.provide(
        Effect.gen(function* () {
          const result = yield* resume(dying.runId, Duration.seconds(3), () => Effect.void)
          yield* replayed(dying.runId)
          return result
        }),
        searching({ database: dying.database, model: awake })
      )
      expect(digest).toBe(only(calm.events, "SearchEnded")[0]!.digest)
      expect(asked.filter((callKey) => known.has(callKey))).toEqual([])
    })
  )

  it.scoped("in silence ends the run within half a minute", () =>
    Effect.gen(function* () {
      const silent = yield* solving(() => Effect.zipRight(Effect.sleep("25 seconds"), unavailable))
      expect(failureOf(silent.exit)).toEqual(unavailable)
      expect(silent.took).toBeLessThan(30_000)
    })
  )

  it.scoped("by refusing ends the run at the first attempt", () =>
    Effect.gen(function* () {
      const wrong = yield* solving(() => refused)
      expect(failureOf(wrong.exit)).toEqual(refused)
      expect(wrong.took).toBeLessThan(1_000)
      expect(only(wrong.events, "CompletionRequested").every(({ attempt }) => attempt === 1)).toBe(true)
      expect(wrong.events.at(-1)).toMatchObject({ _tag: "RunInterrupted", by: "failure" })
    })
  )
})

describe("a clock that is put back an hour at every look", () => {
  const putBack = Effect.suspend(() => {
    let looks = 0
    return clockBehind(() => 3_600_000 * ++looks)
  })

  it.scopedLive("changes nothing of a search, and no answer takes less than no time", () =>
    Effect.gen(function* () {
      const search = solveAndReplay(preparedIn(world))
      const model = failing(() => Effect.yieldNow())
      const calm = yield* Effect.provide(search, searching({ database: yield* temporaryLog, model }))
      const { result, events } = yield* Effect.provide(
        search,
        searching({ database: yield* temporaryLog, model })
      ).pipe(Effect.withClock(yield* putBack))
      expect(result.digest).toBe(calm.result.digest)
      for (const { latencyMs } of only(events, "CompletionReceived")) {
        expect(latencyMs).toBeGreaterThanOrEqual(0)
        expect(latencyMs).toBeLessThan(3_600_000)
      }
    })
  )

  it.scopedLive("does not let an outage last", () =>
    Effect.gen(function* () {
      let attempts = 0
      const model = failing(() =>
        ++attempts > 30 ? Effect.dieMessage("asked for ever") : Effect.fail(unavailable)
      )
      const exit = yield* Effect.exit(
        Effect.provide(
          solveAndReplay(preparedIn(world, "300 millis")),
          searching({ database: yield* temporaryLog, model })
        )
      ).pipe(Effect.withClock(yield* putBack))
      expect(failureOf(exit)).toEqual(unavailable)
    })
  )
})

describe("asking", () => {
  it.scoped("takes an answer that is in the log without its consequence, and asks nobody", () =>
    Effect.gen(function* () {
      // What a log would hold if a process had died between an answer and the program in it.
      const calm = yield* solving(() => Effect.void)
      const request = only(calm.events, "CompletionRequested").find(({ place }) => place === "d2")!
      const answer = only(calm.events, "CompletionReceived").find(
        ({ callKey }) => callKey === request.callKey
      )!
      const runId = "01J00000000000000000000001" as RunId
      const prepared = preparedIn(world)
      const texts = [prepared.document, prepared.hidden!.text, answerOf(oracle, "draft", request.callKey)]
      const asked: Array<string> = []
      const model = failing(({ callKey }) => Effect.sync(() => asked.push(callKey)))
      const digest = yield* Effect.gen(function* () {
        const events = [calm.events[0]!, request, answer]
        yield* (yield* EventLog).append(
          runId,
          events.map((event, index) => ({ event, cause: index === 0 ? null : index - 1 })),
          texts
        )
        const result = yield* resume(runId, Duration.seconds(3), () => Effect.void)
        yield* replayed(runId)
        return result.digest
      }).pipe(Effect.provide(searching({ database: yield* temporaryLog, model })))
      expect(digest).toBe(only(calm.events, "SearchEnded")[0]!.digest)
      expect(asked.length).toBeGreaterThan(3)
      expect(asked).not.toContain(request.callKey)
    })
  )

  it.scoped("keeps to its slots over all runs, and sends each call's key with every attempt", () =>
    Effect.gen(function* () {
      let [now, most] = [0, 0]
      const keys = new Map<string, Set<string>>()
      const model = failing(({ callKey, idempotencyKey, attempt }) =>
        Effect.gen(function* () {
          keys.set(callKey, (keys.get(callKey) ?? new Set()).add(idempotencyKey))
          most = Math.max(most, ++now)
          yield* Effect.repeatN(Effect.yieldNow(), 10)
          now -= 1
          if (attempt === 1) return yield* unavailable
        })
      )
      const both = Effect.all([solveAndReplay(preparedIn(world)), solveAndReplay(preparedIn(world))], {
        concurrency: "unbounded"
      })
      const { exit } = yield* hurried(
        Effect.provide(both, searching({ database: yield* temporaryLog, model, concurrency: 3, capacity: 6 }))
      )
      expect(Exit.isSuccess(exit)).toBe(true)
      expect(most).toBe(3)
      // One key for each call and run, whatever the attempt.
      for (const [, sent] of keys) expect(sent.size).toBe(2)
    })
  )
})
