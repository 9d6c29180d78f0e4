import { describe, expect, it } from "@effect/vitest"
import { Deferred, Effect, Layer } from "effect"
import { draftId } from "../../src/domain/ids.ts"
import { scripted } from "../../src/services/LanguageModel/scripted.ts"
import { NotOnTape } from "../../src/services/LanguageModel.ts"
import { fakeSandbox } from "../support/fakeSandbox.ts"
import { oracleModel, preparedIn, searching, solveAndReplay } from "../support/searching.ts"
import { published } from "../support/settings.ts"
import { slowDisk } from "../support/slowDisk.ts"
import { answerWith, programText } from "../support/smallPrograms.ts"
import { only } from "../support/stepsLeft.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

const oracle = { seed: 1, cases: 2, skill: 1, silence: 0 }
const world = { settings: published, oracle }

const right = answerWith(programText("m", "PP"))
const wrong = (name: string) => answerWith(programText(name, "WW"))

describe("the first solution", () => {
  it.scopedLive("cancels what lies beyond it; what that had cost is surplus, and not in the digest", () =>
    Effect.gen(function* () {
      const answered = yield* Effect.makeLatch()
      let cancelled = 0
      // d3 answers at once, d1 and d2 never; d0, the solution, answers when d3 is judged.
      const model = scripted(({ role }, call) => {
        const ordinal =
          order.indexOf(call.callKey) < 0 ? order.push(call.callKey) - 1 : order.indexOf(call.callKey)
        if (role !== "draft") return "no"
        if (ordinal === 3)
          return Effect.succeed({ text: wrong("x"), usage: { in: 5, out: 7 }, finishReason: "stop" })
        if (ordinal === 0) return Effect.as(answered.await, right)
        return Effect.onInterrupt(Effect.never, () => Effect.sync(() => cancelled++))
      })
      const order: Array<string> = []
      const sandbox = fakeSandbox(({ source }) => (source.includes("import x") ? answered.open : Effect.void))
      const { result, events } = yield* Effect.provide(
        solveAndReplay(preparedIn(world)),
        searching({ database: yield* temporaryLog, model, sandbox, concurrency: 4 })
      )
      expect(cancelled).toBe(2)
      expect(result).toMatchObject({ status: "solved", programs: 1, calls: 1 })
      expect(result.surplus).toEqual({ programs: 1, calls: 1, tokens: { in: 5, out: 7 } })
      expect(only(events, "CompletionRequested").length).toBe(4)
      const alone = yield* Effect.provide(
        solveAndReplay(preparedIn(world)),
        searching({
          database: yield* temporaryLog,
          model: scripted(() => right),
          concurrency: 1,
          capacity: 1
        })
      )
      expect(alone.result.digest).toBe(result.digest)
    })
  )

  it.scopedLive("waits for the commit of an answer that was cancelled on its way to the disk", () =>
    Effect.gen(function* () {
      const judged = yield* Effect.makeLatch()
      const waiting = yield* Effect.makeLatch()
      let drafts = 0
      const model = scripted(() => {
        drafts += 1
        return drafts === 1 ? Effect.as(waiting.await, right) : drafts === 2 ? wrong("x") : Effect.never
      })
      // The answer of d1 reaches the disk while the verdict of d0 ends the search.
      const between = slowDisk((entries) =>
        entries.some(({ event }) => event._tag === "ProgramWritten" && event.index === 1)
          ? Effect.zipRight(waiting.open, Effect.yieldNow())
          : Effect.void
      )
      const slowToTell = slowDisk((entries) =>
        entries.some(({ event }) => event._tag === "ProgramEvaluated") ? judged.open : Effect.void
      )
      const { result, events } = yield* Effect.provide(
        solveAndReplay(preparedIn(world)),
        searching({ database: yield* temporaryLog, model, between: Layer.provideMerge(slowToTell, between) })
      )
      expect(result.status).toBe("solved")
      expect(only(events, "SearchEnded")[0]!.surplus.calls).toBe(
        only(events, "CompletionReceived").length - 1
      )
    })
  )
})

describe("the driver", () => {
  it.scopedLive("tells an observer every event once, in order, with the state after it", () =>
    Effect.gen(function* () {
      const told: Array<readonly [number, string]> = []
      const { events } = yield* Effect.provide(
        solveAndReplay(preparedIn({ ...world, oracle: { ...oracle, skill: 0.4 } }), ({ pos, event }, state) =>
          Effect.sync(() => told.push([pos, `${event._tag} ${state._tag}`]))
        ),
        searching({ database: yield* temporaryLog, model: oracleModel({ ...oracle, skill: 0.4 }) })
      )
      expect(told.map(([pos]) => pos)).toEqual(events.map((_, pos) => pos))
      expect(told[0]![1]).toBe("RunStarted Searching")
      expect(told.at(-1)![1]).toBe("RunFinished Finished")
    })
  )

  it.scopedLive("takes its steps back when the observer breaks, and ends", () =>
    Effect.gen(function* () {
      const interrupted = yield* Deferred.make<void>()
      const model = scripted(() =>
        Effect.onInterrupt(Effect.never, () => Deferred.succeed(interrupted, undefined))
      )
      const exit = yield* Effect.exit(
        Effect.provide(
          solveAndReplay(preparedIn(world), ({ event }) =>
            event._tag === "CompletionRequested" ? Effect.dieMessage("the observer broke") : Effect.void
          ).pipe(Effect.ensuring(Deferred.await(interrupted))),
          searching({ database: yield* temporaryLog, model })
        )
      )
      expect(String(exit)).toContain("the observer broke")
    })
  )
})

describe("an answer that is on no tape", () => {
  /** d3 is missed before any other draft has its answer. */
  const missing = (others: (place: string) => string | undefined) =>
    Effect.gen(function* () {
      const missed = yield* Effect.makeLatch()
      const missOf = (place: "d1" | "d3") =>
        new NotOnTape({ model: "tape:x", place: draftId(Number(place.slice(1))), role: "draft", reason: "" })
      const model = scripted((_, { asker: { place } }) => {
        if (place === "d3") return missOf("d3")
        const text = others(place)
        return Effect.zipRight(missed.await, text === undefined ? missOf("d1") : Effect.succeed(text))
      })
      return yield* Effect.provide(
        solveAndReplay(preparedIn(world), ({ event }) =>
          event._tag === "CompletionFailed" ? missed.open : Effect.void
        ),
        searching({ database: yield* temporaryLog, model })
      )
    })

  it.scopedLive("is not missed where a program before it solves the problem", () =>
    Effect.gen(function* () {
      const { result } = yield* missing((place) => (place === "d2" ? right : wrong("x")))
      expect(result).toMatchObject({ status: "solved", programs: 3, best: { node: "d2" }, tape: null })
    })
  )

  it.scopedLive("ends the run where none does, and the first of several is named", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(
        missing((place) => (place === "d1" ? undefined : place === "d2" ? right : wrong("x")))
      )
      expect(error).toMatchObject({ _tag: "NotOnTape", place: "d1" })
    })
  )
})
