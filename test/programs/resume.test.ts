import { copyFileSync, existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Deferred, Duration, Effect, FastCheck, Fiber } from "effect"
import type { RunId } from "../../src/domain/ids.ts"
import { randomFor } from "../../src/domain/random.ts"
import type { Observer } from "../../src/programs/drive.ts"
import { replay } from "../../src/programs/replay/replay.ts"
import { resume } from "../../src/programs/resume.ts"
import { begin } from "../../src/programs/solve/begin.ts"
import { scripted } from "../../src/services/LanguageModel/scripted.ts"
import type { ModelAdapter } from "../../src/services/LanguageModel.ts"
import { lawRuns } from "../support/lawRuns.ts"
import { answerOf, type Oracle, oracles } from "../support/oracle.ts"
import {
  eventsOf,
  oracleModel,
  preparedIn,
  replayed,
  searching,
  solveAndReplay
} from "../support/searching.ts"
import { smallSettings } from "../support/settings.ts"
import type { World } from "../support/simulation.ts"
import { only } from "../support/stepsLeft.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

const ignore: Observer = () => Effect.void

/** The oracle's model, slow by turns, which remembers whom it was asked by. */
const remembering = (
  oracle: Oracle,
  seed: number
): { readonly model: ModelAdapter; readonly asked: Set<string> } => {
  const asked = new Set<string>()
  const model = scripted(({ role }, { callKey }) =>
    Effect.sync(() => asked.add(callKey)).pipe(
      Effect.zipRight(Effect.repeatN(Effect.yieldNow(), randomFor(seed, callKey).integer(0, 30))),
      Effect.as(answerOf(oracle, role, callKey))
    )
  )
  return { model, asked }
}

const undisturbed = ({ settings, oracle }: World) =>
  Effect.gen(function* () {
    const layer = searching({ database: yield* temporaryLog, model: oracleModel(oracle) })
    return (yield* Effect.provide(solveAndReplay(preparedIn({ settings, oracle })), layer)).result
  })

/** Takes a run up in a new layer over a file, and shows that it comes to the same end and asks nothing again. */
const goOn = (database: string, runId: RunId, { oracle, settings }: World) =>
  Effect.gen(function* () {
    const { model, asked } = remembering(oracle, 7)
    const layer = searching({ database, model, capacity: 3, concurrency: 3 })
    const { result, before, events } = yield* Effect.provide(
      Effect.gen(function* () {
        const before = (yield* eventsOf(runId)).map(({ event }) => event)
        expect((yield* replay(runId)).divergence).toBeUndefined()
        const result = yield* resume(runId, Duration.seconds(20), ignore)
        return { result, before, events: yield* replayed(runId) }
      }),
      layer
    )
    for (const { callKey } of only(before, "CompletionReceived")) expect(asked.has(callKey)).toBe(false)
    const expected = yield* undisturbed({ oracle, settings })
    expect({ ...result, runId: 0, surplus: 0, tokens: 0 }).toEqual({
      ...expected,
      runId: 0,
      surplus: 0,
      tokens: 0
    })
    return { before, events }
  })

const worlds = FastCheck.record({ settings: smallSettings, oracle: oracles })
const share = FastCheck.double({ min: 0, max: 1, noNaN: true })
const few = lawRuns(15)

describe("a run that is interrupted", () => {
  it.scopedLive.prop(
    "at any event, and taken up by another process, comes to the same digest",
    [worlds, share],
    ([world, at]) =>
      Effect.gen(function* () {
        const database = yield* temporaryLog
        const reached = yield* Deferred.make<RunId>()
        const stop = Math.floor(at * 60)
        let runId: RunId | undefined
        const { model } = remembering(world.oracle, 1)
        const exit = yield* Effect.gen(function* () {
          const run = yield* Effect.fork(
            begin(
              preparedIn(world),
              ({ pos }) => (pos === stop ? Deferred.succeed(reached, runId!) : Effect.void),
              (id) =>
                Effect.sync(() => {
                  runId = id
                })
            )
          )
          yield* Effect.raceFirst(Deferred.await(reached), Fiber.await(run))
          return yield* Fiber.interrupt(run)
        }).pipe(Effect.provide(searching({ database, model })))
        const { before, events } = yield* goOn(database, runId!, world)
        if (exit._tag === "Success") return
        expect(before.at(-1)).toMatchObject({ _tag: "RunInterrupted", by: "signal" })
        expect(only(events, "RunResumed")).toMatchObject([{ _tag: "RunResumed", epoch: 2 }])
      }),
    few
  )

  it.scopedLive.prop(
    "by a crash leaves no word of it, and comes to the same digest",
    [worlds, share],
    ([world, at]) =>
      Effect.gen(function* () {
        const database = yield* temporaryLog
        const crashed = join(dirname(database), "crashed.db")
        const stop = Math.floor(at * 60)
        const { model } = remembering(world.oracle, 1)
        // What the disk holds at the moment of an event is what a crash would have left.
        const observe: Observer = ({ pos }) =>
          Effect.sync(() => {
            if (pos === stop) for (const end of ["", "-wal"]) copyFileSync(database + end, crashed + end)
          })
        const { result } = yield* Effect.provide(
          solveAndReplay(preparedIn(world), observe),
          searching({ database, model })
        )
        if (!existsSync(crashed)) return
        // The process that held it is this one, and alive; a real crash would have ended it.
        const file = new Database(crashed)
        file.prepare("UPDATE lease SET expires_at = 0").run()
        file.close()
        const { before } = yield* goOn(crashed, result.runId, world)
        expect(only(before, "RunInterrupted")).toEqual([])
      }),
    few
  )

  it.scopedLive("again and again still comes to its end", () =>
    Effect.gen(function* () {
      const world = {
        settings: FastCheck.sample(smallSettings, { numRuns: 1, seed: 3 })[0]!,
        oracle: { seed: 4, cases: 4, skill: 0.2, silence: 0.1 }
      }
      const database = yield* temporaryLog
      const { model } = remembering(world.oracle, 1)
      let runId: RunId | undefined
      const prepared = preparedIn({ ...world, settings: { ...world.settings, maxPrograms: 24 } })
      /** Goes on for a few events, and is interrupted. */
      const some = (taken: number) =>
        Effect.gen(function* () {
          const enough = yield* Deferred.make<void>()
          let seen = 0
          const observe: Observer = () =>
            Effect.suspend(() => (++seen > taken ? Deferred.succeed(enough, undefined) : Effect.void))
          const going: Effect.Effect<
            unknown,
            unknown,
            Effect.Effect.Context<ReturnType<typeof begin> | ReturnType<typeof resume>>
          > = runId === undefined
            ? begin(prepared, observe, (id) =>
                Effect.sync(() => {
                  runId = id
                })
              )
            : resume(runId, Duration.seconds(20), observe)
          const fiber = yield* Effect.fork(going)
          yield* Effect.raceFirst(Deferred.await(enough), Fiber.await(fiber))
          return yield* Fiber.interrupt(fiber)
        }).pipe(Effect.provide(searching({ database, model })))
      let exit = yield* some(5)
      let times = 1
      for (; exit._tag === "Failure" && times < 60; times++) exit = yield* some(8)
      expect(exit._tag).toBe("Success")
      expect(times).toBeGreaterThan(3)
      yield* goOn(database, runId!, { ...world, settings: prepared.settings })
    })
  )
})
