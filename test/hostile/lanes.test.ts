import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { layer } from "../../src/services/Sandbox/layer.ts"
import { type Job, Sandbox } from "../../src/services/Sandbox.ts"
import { plainTrials } from "../services/Sandbox/plainTrials.ts"
import { jobOf } from "../services/Sandbox/trial.ts"

const limited = (source: string, timeMs: number): Job => ({
  language: "python",
  source: `if input() == "stop":\n    ${source}`,
  inputs: ["stop\n", "go\n", "stop\n"],
  limits: { timeMs, memoryBytes: 128 * 2 ** 20, outputBytes: 2 ** 16 }
})

const jobs: ReadonlyArray<Job> = [
  ...plainTrials.map(jobOf),
  limited("while True: pass", 400),
  limited("import time; time.sleep(600)", 100),
  limited("while True: print('x' * 1000)", 10_000),
  limited("x = [' ' * 10**6 + str(i) for i in range(1000)]", 10_000),
  limited("import os; [os.fork() for _ in range(4)]; os.abort()", 10_000)
]

/** How everything ends with so many sandboxes at once, and what it printed unless a limit ended it. */
const outcomes = (lanes: number) =>
  Effect.gen(function* () {
    const { run } = yield* Sandbox
    const runs = yield* Effect.forEach(jobs, run, { concurrency: "unbounded" })
    return runs.map((result, index) => ({
      source: jobs[index]?.source,
      outcome:
        result._tag === "CompileError"
          ? result.diagnostics
          : result.executions.map(({ ending, stdout }) => [
              ...Object.values(ending),
              ending._tag === "Exited" ? stdout : ""
            ])
    }))
  }).pipe(Effect.provide(Layer.fresh(layer({ unconfined: false, environment: process.env, lanes }))))

describe("verdicts", () => {
  it.live("are the same with one sandbox at a time, and with eight", () =>
    Effect.gen(function* () {
      const one = yield* outcomes(1)
      const tags = one.slice(-5).map(({ outcome }) => outcome[0]?.[0])
      expect(tags).toEqual(["TimeLimit", "TimeLimit", "OutputLimit", "MemoryLimit", "Signaled"])
      expect(yield* outcomes(8)).toEqual(one)
    })
  )
})
