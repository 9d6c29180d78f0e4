import { describe, expect, it, vi } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { byLines } from "../../src/domain/check.ts"
import { exactly } from "../../src/domain/comparison.ts"
import { defaultLimits } from "../../src/domain/evaluation.ts"
import type { Question } from "../../src/services/Evaluate/Question.ts"
import { evaluate } from "../../src/services/Evaluate.ts"
import { layerSqlite } from "../../src/services/EvaluationCache/sqlite.ts"
import { Sandbox } from "../../src/services/Sandbox.ts"
import { noCritics } from "../support/fakeSandbox.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

const question: Question = {
  language: "python",
  program: "print(input())",
  cases: [
    { input: "1", output: "1" },
    { input: "2", output: "3" }
  ],
  check: byLines(exactly),
  limits: defaultLimits
}

/** Echoes, unless the program is to loop. */
const sandbox = (identity: string) =>
  Layer.succeed(Sandbox, {
    tier: Effect.succeed({ name: "pretended", detail: "" }),
    toolchain: () => Effect.succeed("1"),
    identity: () => Effect.succeed(identity),
    open: () => Effect.dieMessage("not for conversations"),
    run: ({ inputs, source }) =>
      Effect.succeed({
        _tag: "Ran",
        executions: inputs.map((stdout) => ({
          ending: source === "loop" ? { _tag: "TimeLimit" } : { _tag: "Exited", code: 0 },
          stdout,
          stderr: "",
          cpuMs: 1,
          wallMs: 1,
          memoryBytes: 1
        }))
      })
  })

describe("evaluate", () => {
  const others: Readonly<Record<string, Partial<Question>>> = {
    program: { program: "print(input()) " },
    language: { language: "cpp" },
    inputs: { cases: [{ input: "2", output: "1" }, question.cases[1]!] },
    outputs: { cases: [{ input: "1", output: "2" }, question.cases[1]!] },
    check: { check: byLines({ ...exactly, trailing: "keep" }) },
    limits: { limits: { ...defaultLimits, timeMs: 1 } }
  }

  it.effect("asks the sandbox once, and again when anything that matters has changed", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const cache = layerSqlite({ file: yield* temporaryLog })
        const ask = (asked: Question, identity = "a") =>
          Effect.provide(evaluate(asked), Layer.mergeAll(cache, noCritics, sandbox(identity)))
        const first = yield* ask(question)
        expect(first).toMatchObject({ source: "ran", evaluation: { passed: 1, total: 2 } })
        expect(yield* ask(question)).toEqual({ ...first, source: "cache" })
        for (const [what, change] of Object.entries(others)) {
          const { source } = yield* ask({ ...question, ...change })
          expect({ what, source }).toEqual({ what, source: "ran" })
        }
        expect((yield* ask(question, "b")).source).toBe("ran")
      })
    )
  )

  it.effect("asks the sandbox again when the code that judges has changed", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const layers = Layer.mergeAll(layerSqlite({ file: yield* temporaryLog }), noCritics, sandbox("a"))
        const ask = Effect.provide(evaluate(question), layers)
        expect([(yield* ask).source, (yield* ask).source]).toEqual(["ran", "cache"])
        const { evaluate: changed } = yield* Effect.promise(async () => {
          vi.resetModules()
          vi.doMock("../../src/services/codeVersion.ts", () => ({ codeVersion: () => "another" }))
          return await import("../../src/services/Evaluate.ts")
        })
        expect((yield* Effect.provide(changed(question), layers)).source).toBe("ran")
      })
    )
  )

  it.effect("does not believe an earlier time limit", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const layers = Layer.mergeAll(layerSqlite({ file: yield* temporaryLog }), noCritics, sandbox("a"))
        const ask = Effect.provide(evaluate({ ...question, program: "loop" }), layers)
        expect([(yield* ask).source, (yield* ask).source]).toEqual(["ran", "ran"])
      })
    )
  )
})
