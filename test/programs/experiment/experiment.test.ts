import { describe, expect, it } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import { configurationFrom } from "../../../src/programs/configuration.ts"
import {
  type ExperimentOptions,
  type ExperimentRow,
  experiment,
  type RowOutcome
} from "../../../src/programs/experiment/experiment.ts"
import { layer } from "../../../src/programs/layers.ts"
import { replay } from "../../../src/programs/replay/replay.ts"
import { RunCatalogue } from "../../../src/services/RunCatalogue.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"

const rowOf = (problem: string, seed: number): ExperimentRow => ({
  label: `table/${problem}-${seed}`,
  options: {
    problem,
    seed,
    model: "simulated:hard",
    maxPrograms: 4,
    draftsPerPrompt: 2,
    validExamples: 5,
    testExamples: 5
  }
})

const rows = [rowOf("gcd", 1), rowOf("gcd", 2), rowOf("basement", 1), rowOf("fizz-buzz", 1)]

const quiet: ExperimentOptions = {
  parallel: 3,
  observe: () => Effect.void,
  onEnd: () => Effect.void
}

/** An experiment on a log, and after it the log's runs, each of which is replayed. */
const running = (database: string, table = rows, options = quiet) =>
  Effect.gen(function* () {
    const configuration = yield* configurationFrom(
      { PATH: process.env["PATH"], SEIDR_CACHE: "none" },
      { database, concurrency: 4 }
    )
    return yield* Effect.gen(function* () {
      const outcomes = yield* experiment(table, options)
      const runs = yield* (yield* RunCatalogue).list
      for (const { runId } of runs) expect((yield* replay(runId)).divergence).toBeUndefined()
      return { outcomes, runs }
    }).pipe(Effect.provide(layer(configuration)))
  })

const digests = (outcomes: ReadonlyArray<RowOutcome>) =>
  outcomes.map((outcome) => (outcome._tag === "Ended" ? outcome.result.digest : "failed"))

const hows = (outcomes: ReadonlyArray<RowOutcome>) =>
  outcomes.map((outcome) => (outcome._tag === "Ended" ? outcome.how : "failed"))

describe("experiment", () => {
  it.scopedLive("runs every row once, whatever is run at the same time, and finds it again", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const first = yield* running(database)
      expect(hows(first.outcomes)).toEqual(["new", "new", "new", "new"])
      expect(new Set(digests(first.outcomes)).size).toBe(4)
      const second = yield* running(database)
      expect(hows(second.outcomes)).toEqual(["done", "done", "done", "done"])
      expect(digests(second.outcomes)).toEqual(digests(first.outcomes))
      expect(second.runs).toHaveLength(4)
      const alone = yield* running(yield* temporaryLog, rows, { ...quiet, parallel: 1 })
      expect(digests(alone.outcomes)).toEqual(digests(first.outcomes))
    })
  )

  it.scopedLive("goes on with rows that were left, to the same ends", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const judged = yield* Deferred.make<void>()
      const fiber = yield* Effect.fork(
        running(database, rows, {
          ...quiet,
          observe: (_, { event }) =>
            event._tag === "ProgramEvaluated" && event.index === 1
              ? Deferred.succeed(judged, undefined)
              : Effect.void
        })
      )
      yield* Deferred.await(judged)
      yield* Fiber.interrupt(fiber)
      const after = yield* running(database)
      expect(hows(after.outcomes)).toContain("resumed")
      expect(after.runs).toHaveLength(4)
      const undisturbed = yield* running(yield* temporaryLog)
      expect(digests(after.outcomes)).toEqual(digests(undisturbed.outcomes))
    })
  )

  it.scopedLive("lets a row fail by itself, and takes no run for another", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const [first, second] = rows
      yield* running(database, [first!])
      const changed = { ...first!, options: { ...first!.options, maxPrograms: 5 } }
      const unknown = { label: "table/unknown", options: { problem: "no such problem" } }
      const { outcomes, runs } = yield* running(database, [changed, unknown, second!])
      expect(hows(outcomes)).toEqual(["failed", "failed", "new"])
      expect(outcomes[0]).toMatchObject({
        error: { reason: expect.stringContaining("maxPrograms 4 instead of 5") }
      })
      expect(outcomes[1]).toMatchObject({ error: { _tag: "ProblemInvalid" } })
      expect(runs).toHaveLength(2)
    })
  )

  it.scopedLive("keeps the batch of a row in the settings of its run", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const batchOf = (batchSize: number): Array<ExperimentRow> => [
        { label: "batch", options: { ...rowOf("gcd", 1).options, maxPrograms: 1, batchSize } }
      ]
      yield* running(database, batchOf(3))
      expect(hows((yield* running(database, batchOf(3))).outcomes)).toEqual(["done"])
      const { outcomes } = yield* running(database, batchOf(4))
      expect(outcomes[0]).toMatchObject({
        error: { reason: expect.stringContaining("batch 3 instead of 4") }
      })
    })
  )
})
