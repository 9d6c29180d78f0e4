import { Effect, Schema } from "effect"
import type { Evaluation, Limits } from "../domain/evaluation.ts"
import type { Language } from "../domain/language.ts"
import type { Case, Problem } from "../domain/problem.ts"
import type { Critics } from "../services/Critics.ts"
import { type EvaluateError, evaluate } from "../services/Evaluate.ts"
import type { EvaluationCache } from "../services/EvaluationCache.ts"
import { HiddenCases } from "../services/HiddenCases.ts"
import { ProblemInvalid, type ProblemRequest, ProblemSource } from "../services/ProblemSource.ts"
import { Sandbox } from "../services/Sandbox.ts"
import { languageOf } from "./languageOf.ts"

/** The cases that a program can be run on: those that drive a search, the hidden ones, or all edge cases. */
export const CaseSet = Schema.Literal("validation", "hidden", "edge")
export type CaseSet = typeof CaseSet.Type

export interface ExecuteRequest {
  readonly problem: ProblemRequest
  readonly language: Language | undefined
  /** The language that the program's file is named as. */
  readonly named: Language | undefined
  readonly program: string
  readonly set: CaseSet
  readonly limits: Limits
}

export interface Executed {
  readonly problem: Problem
  readonly language: Language
  readonly cases: ReadonlyArray<Case>
  readonly limits: Limits
  readonly evaluation: Evaluation
  /** Whether it was run now, or an earlier run's evaluation was taken from the cache. */
  readonly source: "ran" | "cache"
}

/** Runs one program on a problem's cases and judges it. Touches no log. */
export const execute = (
  request: ExecuteRequest
): Effect.Effect<
  Executed,
  ProblemInvalid | EvaluateError,
  ProblemSource | HiddenCases | Sandbox | Critics | EvaluationCache
> =>
  Effect.gen(function* () {
    const loaded = yield* (yield* ProblemSource).load(request.problem)
    const { problem } = loaded
    const language = yield* languageOf(loaded, request.language, request.named)
    const hiddenCases = yield* HiddenCases
    const cases = yield* request.set === "validation"
      ? Effect.succeed(problem.validation)
      : hiddenCases[request.set](request.problem)
    if (cases.length === 0) {
      return yield* new ProblemInvalid({
        problem: request.problem.problem,
        reason: `it has no ${request.set} cases`
      })
    }
    const sandbox = yield* Sandbox
    yield* sandbox.toolchain(language)
    const { program, limits } = request
    const evaluated = yield* evaluate({ language, program, cases, check: problem.check, limits })
    return { problem, language, cases, limits, ...evaluated }
  })
