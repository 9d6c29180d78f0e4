import { Effect, Schema } from "effect"
import { type Evaluation, judge, type Limits } from "../domain/evaluation.ts"
import type { Language } from "../domain/language.ts"
import type { Case, Problem } from "../domain/problem.ts"
import { HiddenCases } from "../services/HiddenCases.ts"
import { ProblemInvalid, type ProblemRequest, ProblemSource } from "../services/ProblemSource.ts"
import { Sandbox, type SandboxError } from "../services/Sandbox.ts"

/** The cases that a program can be run on: those that drive a search, the hidden ones, or all edge cases. */
export const CaseSet = Schema.Literal("validation", "hidden", "edge")
export type CaseSet = typeof CaseSet.Type

export interface ExecuteRequest {
  readonly problem: ProblemRequest
  readonly language: Language | undefined
  readonly program: string
  readonly set: CaseSet
  readonly limits: Limits
}

export interface Executed {
  readonly problem: Problem
  readonly language: Language
  readonly cases: ReadonlyArray<Case>
  readonly evaluation: Evaluation
}

/** Runs one program on a problem's cases and judges it. Touches no log. */
export const execute = (
  request: ExecuteRequest
): Effect.Effect<Executed, ProblemInvalid | SandboxError, ProblemSource | HiddenCases | Sandbox> =>
  Effect.gen(function* () {
    const { problem, language: asked } = yield* (yield* ProblemSource).load(request.problem)
    const language = request.language ?? asked ?? "python"
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
    const run = yield* sandbox.run({
      language,
      source: request.program,
      inputs: cases.map(({ input }) => input),
      limits: request.limits
    })
    return { problem, language, cases, evaluation: judge(cases, run, problem.comparison) }
  })
