import { describe, expect, it } from "@effect/vitest"
import { Effect, FastCheck } from "effect"
import { programOf } from "../../src/domain/answer.ts"
import { randomFor } from "../../src/domain/random.ts"
import { layerSqlite } from "../../src/services/EvaluationCache/sqlite.ts"
import { scripted } from "../../src/services/LanguageModel/scripted.ts"
import { fakeSandbox } from "../support/fakeSandbox.ts"
import { lawRuns } from "../support/lawRuns.ts"
import { answerOf, type Oracle, oracles } from "../support/oracle.ts"
import { oracleModel, preparedIn, searching, solveAndReplay } from "../support/searching.ts"
import { meanOf, sequential } from "../support/sequential.ts"
import { published, smallSettings } from "../support/settings.ts"
import { slowDisk } from "../support/slowDisk.ts"
import { answerWith, programText } from "../support/smallPrograms.ts"
import { only } from "../support/stepsLeft.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

/** A model that takes a time of its own for each answer: a number of turns that others get before. */
const hesitant = (oracle: Oracle, seed: number) =>
  scripted(({ role }, { callKey }) =>
    Effect.as(
      Effect.repeatN(Effect.yieldNow(), randomFor(seed, "turns", callKey).integer(0, 60)),
      answerOf(oracle, role, callKey)
    )
  )

const hesitantSandbox = (seed: number) =>
  fakeSandbox(({ source }) =>
    Effect.repeatN(Effect.yieldNow(), randomFor(seed, "run", source).integer(0, 60))
  )

const hesitantDisk = (seed: number) => {
  const random = randomFor(seed, "disk")
  return slowDisk(() => Effect.repeatN(Effect.yieldNow(), random.integer(0, 20)))
}

describe("solve", () => {
  it.scopedLive.prop(
    "has the same result at any concurrency, inbox and pace, and every run replays",
    [smallSettings, oracles, FastCheck.integer()],
    ([settings, oracle, seed]) =>
      Effect.gen(function* () {
        const world = { settings, oracle }
        const { tree } = sequential(world)
        const results = yield* Effect.forEach([1, 8, 64], (concurrency) =>
          Effect.gen(function* () {
            const { result } = yield* Effect.provide(
              solveAndReplay(preparedIn(world)),
              searching({
                database: yield* temporaryLog,
                model: hesitant(oracle, seed + concurrency),
                between: hesitantDisk(seed + concurrency),
                sandbox: hesitantSandbox(seed + concurrency),
                concurrency,
                executions: concurrency,
                capacity: concurrency
              })
            )
            return { ...result, runId: undefined, surplus: undefined }
          })
        )
        const scores = tree.map(({ scores }) => meanOf(scores))
        const best = tree[scores.indexOf(Math.max(...scores))]!
        expect(results[0]).toMatchObject({ programs: tree.length, best: { node: best.node } })
        expect(results[0]!.best.program).toBe(best.program ?? null)
        expect(results[1]).toEqual(results[0])
        expect(results[2]).toEqual(results[0])
      }),
    lawRuns(15)
  )

  it.scopedLive("scores the best program once, on the sealed cases", () =>
    Effect.gen(function* () {
      // Right on the two validation cases; on the hidden ones, of which there are four, it is asked for two more.
      const oracle = { seed: 0, cases: 2, skill: 1, silence: 0 }
      const model = scripted(() => answerWith(programText("m", "PPPW")))
      const { result, events } = yield* Effect.provide(
        solveAndReplay(preparedIn({ settings: published, oracle })),
        searching({ database: yield* temporaryLog, model })
      )
      expect(result).toMatchObject({ status: "solved", programs: 1, hidden: { passed: 3, total: 4 } })
      expect(result.best).toMatchObject({ node: "d0", score: 1, passed: 2, total: 2 })
      expect(only(events, "HiddenScored").length).toBe(1)
    })
  )

  it.scopedLive("has no hidden score where there are no hidden cases", () =>
    Effect.gen(function* () {
      const oracle = { seed: 0, cases: 1, skill: 1, silence: 0 }
      const { result } = yield* Effect.provide(
        solveAndReplay(preparedIn({ settings: published, oracle, hidden: false })),
        searching({ database: yield* temporaryLog, model: oracleModel(oracle) })
      )
      expect(result.hidden).toBeNull()
    })
  )

  it.scopedLive("begins from a program of the user's, and drafts none", () =>
    Effect.gen(function* () {
      const oracle = { seed: 3, cases: 3, skill: 0.3, silence: 0 }
      const start = programText("mine", "PWW")
      const settings = { ...published, maxPrograms: 20 }
      const { result, events } = yield* Effect.provide(
        solveAndReplay(preparedIn({ settings, oracle, start })),
        searching({ database: yield* temporaryLog, model: oracleModel(oracle) })
      )
      const roles = new Set(only(events, "CompletionRequested").map(({ role }) => role))
      expect(roles).toEqual(new Set(["explain", "repair"]))
      const [first] = only(events, "ProgramWritten")
      expect(first).toMatchObject({ node: "d0", index: 0 })
      expect(only(events, "ProgramWritten")[1]!.node).toMatch(/^d0\.e0\.r/)
      expect(only(events, "RunStarted")[0]!.start).toBe(first!.program)
      expect(result.programs).toBeGreaterThan(1)
    })
  )

  it.scopedLive("asks nobody for fixed instructions", () =>
    Effect.gen(function* () {
      const oracle = { seed: 3, cases: 3, skill: 0, silence: 0.2 }
      const settings = { ...published, maxPrograms: 30, instructions: "static" as const }
      const { events } = yield* Effect.provide(
        solveAndReplay(preparedIn({ settings, oracle })),
        searching({ database: yield* temporaryLog, model: oracleModel(oracle) })
      )
      expect(only(events, "CompletionRequested").some(({ role }) => role === "explain")).toBe(false)
      expect(only(events, "InstructionWritten").length).toBeGreaterThan(0)
      for (const { source } of only(events, "InstructionWritten")) expect(source).not.toBe("model")
    })
  )

  it.scopedLive("runs one text once", () =>
    Effect.gen(function* () {
      const oracle = { seed: 3, cases: 2, skill: 0.5, silence: 0 }
      const runs: Array<string> = []
      const sandbox = fakeSandbox(({ source, inputs }) =>
        Effect.sync(() => {
          if (inputs.length === oracle.cases) runs.push(source)
        })
      )
      const settings = { ...published, maxPrograms: 60 }
      const model = scripted(({ role }, { callKey }) =>
        role === "explain" ? "Change it." : answerWith(programText(`m${callKey.charCodeAt(0) % 3}`, "PW"))
      )
      const { events } = yield* Effect.provide(
        solveAndReplay(preparedIn({ settings, oracle })),
        searching({
          database: yield* temporaryLog,
          model,
          sandbox,
          concurrency: 8,
          executions: 8,
          capacity: 8
        })
      )
      expect(runs.length).toBe(new Set(runs).size)
      expect(runs.length).toBeLessThanOrEqual(3)
      expect(only(events, "ProgramEvaluated").filter(({ source }) => source === "same").length).toBe(
        60 - runs.length
      )
    })
  )

  it.scopedLive(
    "takes from the cache what an earlier run has made: the same log otherwise, and the same digest",
    () =>
      Effect.gen(function* () {
        const world = {
          settings: { ...published, maxPrograms: 30 },
          oracle: { seed: 3, cases: 3, skill: 0.4, silence: 0.1 }
        }
        const cache = layerSqlite({ file: yield* temporaryLog })
        const solved = Effect.gen(function* () {
          let runs = 0
          const sandbox = fakeSandbox(() =>
            Effect.sync(() => {
              runs += 1
            })
          )
          const options = { database: yield* temporaryLog, model: oracleModel(world.oracle), sandbox, cache }
          const { result, events } = yield* Effect.provide(
            solveAndReplay(preparedIn(world)),
            searching(options)
          )
          return { digest: result.digest, runs, evaluated: only(events, "ProgramEvaluated") }
        })
        const [first, second] = [yield* solved, yield* solved]
        expect(second.digest).toBe(first.digest)
        expect(first.runs).toBeGreaterThan(1)
        expect(second.runs).toBe(0)
        expect(second.evaluated.map(({ node, details }) => [node, details]).sort()).toEqual(
          first.evaluated.map(({ node, details }) => [node, details]).sort()
        )
        const sources = (events: typeof first.evaluated) => new Set(events.map(({ source }) => source))
        expect(sources(first.evaluated)).toContain("ran")
        expect(sources(second.evaluated)).toContain("cache")
        expect(sources(second.evaluated)).not.toContain("ran")
      })
  )

  it.scopedLive("survives a model that never gives a program", () =>
    Effect.gen(function* () {
      const oracle = { seed: 3, cases: 2, skill: 0, silence: 1 }
      const settings = { ...published, maxPrograms: 20 }
      const { result, events } = yield* Effect.provide(
        solveAndReplay(preparedIn({ settings, oracle })),
        searching({ database: yield* temporaryLog, model: oracleModel(oracle) })
      )
      expect(result).toMatchObject({
        status: "unsolved",
        programs: 20,
        best: { node: "d0", program: null, score: 0 }
      })
      expect(only(events, "InstructionWritten").every(({ source }) => source === "fixed")).toBe(true)
      expect(programOf(answerOf(oracle, "draft", "x"), "python")._tag).toBe("NoProgram")
    })
  )
})
