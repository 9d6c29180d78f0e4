import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect, FastCheck } from "effect"
import type { RunId } from "../../src/domain/ids.ts"
import { fork } from "../../src/programs/fork/fork.ts"
import { resume } from "../../src/programs/resume.ts"
import { scripted } from "../../src/services/LanguageModel/scripted.ts"
import { LanguageModel } from "../../src/services/LanguageModel.ts"
import { RunCatalogue } from "../../src/services/RunCatalogue.ts"
import { oracles } from "../support/oracle.ts"
import { preparedIn, replayed } from "../support/searching.ts"
import { smallSettings } from "../support/settings.ts"
import { only } from "../support/stepsLeft.ts"
import { temporaryLog } from "../support/temporaryLog.ts"
import { counting, nothing, oracle, recordingIn, settings, solveWith, treeIn } from "./recording.ts"

describe("a tape", () => {
  it.scopedLive("of a run gives the same run again, and nobody is asked", () =>
    Effect.gen(function* () {
      const worlds = FastCheck.sample(FastCheck.tuple(smallSettings, oracles), { numRuns: 4, seed: 11 })
      for (const [drawn, world] of worlds) {
        const counter = counting(world)
        const database = yield* temporaryLog
        yield* Effect.gen(function* () {
          const first = yield* solveWith("scripted", world, drawn)
          counter.asked.length = 0
          const { result } = yield* solveWith(`tape:${first.result.runId}`, world, drawn)
          expect(counter.asked).toEqual([])
          const { status, best, programs, generations, calls, hidden } = first.result
          expect(result).toMatchObject({ status, best, programs, generations, calls, hidden })
          expect(result.tokens).toEqual({ in: 0, out: 0 })
          expect(result.tape).toEqual({
            exact: calls,
            sameRequest: 0,
            resampled: 0,
            asked: 0,
            missing: 0,
            tokens: first.result.tokens
          })
          expect(yield* treeIn(result.runId)).toEqual(yield* treeIn(first.result.runId))
          // What a tape has given is a recording too.
          const again = yield* solveWith(`tape:${result.runId}`, world, drawn)
          expect(again.result.tape).toEqual(result.tape)
        }).pipe(Effect.provide(recordingIn(database, counter)))
      }
    })
  )

  it.scopedLive("resamples for policies that were never run, the same at any concurrency", () =>
    Effect.gen(function* () {
      const counter = counting(oracle)
      const database = yield* temporaryLog
      const { result: recorded } = yield* Effect.provide(
        solveWith("scripted", oracle),
        recordingIn(database, counter)
      )
      counter.asked.length = 0
      const policy = {
        beamWidth: 4,
        drafts: 6,
        repairs: 4,
        maxPrograms: 40,
        ranking: { kind: "lexicase" }
      } as const
      const whatIf = (seed: number, concurrency: number) =>
        Effect.provide(
          solveWith(`tape:${recorded.runId}?on-miss=resample`, oracle, { ...policy, seed }),
          recordingIn(database, counter, concurrency)
        )
      const one = yield* whatIf(1, 1)
      const many = yield* whatIf(1, 8)
      expect(many.result.digest).toBe(one.result.digest)
      expect((yield* whatIf(2, 8)).result.digest).not.toBe(one.result.digest)
      expect(counter.asked).toEqual([])
      const { exact, sameRequest, resampled, asked, missing } = one.result.tape!
      expect(exact).toBeGreaterThan(0)
      expect(resampled).toBeGreaterThan(0)
      expect([exact + sameRequest + resampled, asked, missing]).toEqual([one.result.calls, 0, 0])
      const received = only(one.events, "CompletionReceived")
      expect(received.every(({ tape: from }) => from !== undefined)).toBe(true)
      expect(received[0]).toMatchObject({ usage: { in: 0, out: 0 }, finishReason: "length", servedBy: "o" })
    })
  )

  it.scopedLive("that does not hold an answer ends the run, which a fork goes on with", () =>
    Effect.gen(function* () {
      const counter = counting(oracle)
      const database = yield* temporaryLog
      yield* Effect.gen(function* () {
        const { result: recorded } = yield* solveWith("scripted", oracle)
        counter.asked.length = 0
        const error = yield* Effect.flip(solveWith(`tape:${recorded.runId}`, oracle, { drafts: 5 }))
        expect(error).toMatchObject({ _tag: "NotOnTape", place: "d4", role: "draft" })
        const [left] = yield* (yield* RunCatalogue).list
        expect(left).toMatchObject({ status: "interrupted", model: `tape:${recorded.runId}` })
        // It may go on: on a tape it counts up to where it is now.
        const unfinished = yield* solveWith(`tape:${left!.runId}`, oracle, { drafts: 4, maxPrograms: 4 })
        expect(only(unfinished.events, "RunStarted")[0]!.settings.models.draft.name).toMatch(/@\d+$/)
        const missedAgain = yield* Effect.flip(resume(left!.runId, Duration.zero, nothing))
        expect(missedAgain).toMatchObject({ _tag: "NotOnTape", place: "d4" })
        const forkedWith = (onMiss: { kind: "resample" } | { kind: "ask"; model: string }) =>
          fork(
            {
              parent: left!.runId,
              at: { kind: "end" },
              overrides: { onMiss },
              answers: "adopt",
              label: undefined,
              maxOutage: Duration.zero
            },
            nothing,
            nothing
          )
        const resampled = yield* forkedWith({ kind: "resample" })
        expect(resampled.tape).toMatchObject({ asked: 0, missing: 1 })
        expect(counter.asked).toEqual([])
        const asked = yield* forkedWith({ kind: "ask", model: "scripted" })
        expect(asked.tape).toMatchObject({ resampled: 0, asked: counter.asked.length, missing: 1 })
        expect(asked.tokens).toEqual({ in: 3 * counter.asked.length, out: 2 * counter.asked.length })
        yield* replayed(resampled.runId)
        yield* replayed(asked.runId)
      }).pipe(Effect.provide(recordingIn(database, counter)))
    })
  )

  it.scopedLive("takes several runs, and each of their answers once", () =>
    Effect.gen(function* () {
      const counter = counting(oracle)
      const database = yield* temporaryLog
      const other = counting({ ...oracle, seed: 7 })
      const second = yield* Effect.provide(solveWith("scripted", oracle), recordingIn(database, other))
      yield* Effect.gen(function* () {
        const first = yield* solveWith("scripted", oracle)
        const runs = `${first.result.runId},${second.result.runId}`
        const { result, events } = yield* solveWith(`tape:${runs}`, oracle, { drafts: 8, maxPrograms: 8 })
        expect(result.tape).toMatchObject({ exact: 4, sameRequest: 4, resampled: 0 })
        const from = only(events, "CompletionReceived").map(({ tape: source }) => source)
        expect(new Set(from.map((source) => JSON.stringify(source))).size).toBe(8)
        // A run on tape hands on answers; it adds none.
        const error = yield* Effect.flip(
          solveWith(`tape:${runs},${result.runId}`, oracle, { drafts: 9, maxPrograms: 9 })
        )
        expect(error).toMatchObject({ _tag: "NotOnTape", place: "d8" })
      }).pipe(Effect.provide(recordingIn(database, counter)))
    })
  )

  it.scopedLive("is another log too, with all its finished runs of the problem", () =>
    Effect.gen(function* () {
      const counter = counting(oracle)
      const elsewhere = yield* temporaryLog
      const database = yield* temporaryLog
      const { result: recorded } = yield* Effect.provide(
        solveWith("scripted", oracle),
        recordingIn(elsewhere, counter)
      )
      counter.asked.length = 0
      yield* Effect.gen(function* () {
        for (const name of [`tape:${elsewhere}`, `tape:${elsewhere}#${recorded.runId.slice(0, -1)}`]) {
          const { result, events } = yield* solveWith(name, oracle)
          expect(result.tape).toMatchObject({ exact: recorded.calls })
          const [started] = only(events, "RunStarted")
          expect(started!.settings.models.draft.name).toContain(
            `#${name.includes("#") ? "" : ".."}${recorded.runId}`
          )
        }
      }).pipe(Effect.provide(recordingIn(database, counter)))
      expect(counter.asked).toEqual([])
    })
  )

  it.scopedLive("is refused by name, before anything is written", () =>
    Effect.gen(function* () {
      const counter = counting(oracle)
      const short = { drafts: 2, maxPrograms: 2 }
      yield* Effect.gen(function* () {
        const { result } = yield* solveWith("scripted", oracle, short)
        for (const [name, why] of [
          ["tape:nobody", "no run is called"],
          ["tape:x.db", "there is no such file"],
          ["tape:RUN,", "names no recording"],
          ["tape:RUN?on-miss=guess", "on-miss=fail"],
          ["tape:RUN?on-miss=ask:tape:RUN", "another tape"],
          ["tape:package.json#x", "it is not an SQLite file; name another."]
        ] as const) {
          const error = yield* Effect.flip(solveWith(name.replaceAll("RUN", result.runId), oracle))
          expect(error).toMatchObject({ _tag: "ModelMisconfigured" })
          expect(String((error as Error).message)).toContain(why)
        }
        expect(yield* (yield* RunCatalogue).list).toHaveLength(1)
        yield* refusesOthers(result.runId)
        yield* refusesTooMuch
      }).pipe(Effect.provide(recordingIn(yield* temporaryLog, counter)))
    })
  )
})

/** A log may come from anywhere: what no model would have given is not taken. */
const refusesTooMuch = Effect.gen(function* () {
  const database = yield* temporaryLog
  const model = scripted(() => "x".repeat(2 ** 20 + 1))
  const one = { drafts: 1, maxPrograms: 1 }
  yield* Effect.gen(function* () {
    const { result } = yield* solveWith("scripted", oracle, one)
    const error = yield* Effect.flip(solveWith(`tape:${result.runId}`, oracle, one))
    expect(error).toMatchObject({ _tag: "ModelRefused", reason: "the answer at d0 has 1048577 characters" })
  }).pipe(Effect.provide(recordingIn(database, { asked: [], model })))
})

/** A tape of another problem or language is refused by its run. */
const refusesOthers = (run: RunId) =>
  Effect.gen(function* () {
    const models = yield* LanguageModel
    const { problem } = preparedIn({ settings, oracle })
    const refusalOf = (use: Partial<Parameters<typeof models.roleModel>[1]>) =>
      models.roleModel(`tape:${run}`, { role: "draft", language: "python", problem, ...use }).pipe(
        Effect.flip,
        Effect.map(({ message }) => message)
      )
    expect(yield* refusalOf({ language: "cpp" })).toContain("has programs in Python, and C++ is asked for")
    expect(yield* refusalOf({ problem: { ...problem, name: "gcd" } })).toContain("is of the problem echo")
    expect(yield* refusalOf({ problem: { ...problem, description: "Other." } })).toContain(
      "another description"
    )
  })
