import { Effect } from "effect"
import type { CaseResult, Evaluation, Limits } from "../domain/evaluation.ts"
import type { Language } from "../domain/language.ts"
import type { Case } from "../domain/problem.ts"
import type { Verdict } from "../domain/verdict.ts"
import type { Critics } from "../services/Critics.ts"
import { type EvaluateError, evaluate } from "../services/Evaluate.ts"
import type { EvaluationCache } from "../services/EvaluationCache.ts"
import { HiddenCases } from "../services/HiddenCases.ts"
import { ProblemInvalid, ProblemSource } from "../services/ProblemSource.ts"
import { ReferencePrograms } from "../services/ReferencePrograms.ts"
import { Sandbox } from "../services/Sandbox.ts"
import { limitText } from "./limitText.ts"

export interface VerifyRequest {
  /** Names of problems of one data set. */
  readonly tasks: ReadonlyArray<string>
  readonly language: Language
  /** The folder with data files. */
  readonly data: string | undefined
  readonly limits: Limits
  /** Tasks at the same time. */
  readonly concurrency: number
}

/** What became of a task's reference solution. */
export interface Verified {
  readonly task: string
  readonly cases: number
  /** Absent where it passes every case. */
  readonly failure?: { readonly verdict: Verdict; readonly detail: string }
}

/**
 * Runs the reference solution of each task on all its cases, in the sandbox: they are right by definition, so that what
 * fails is the engine, the machine or the data set. `observe` is told of each, as they end; the result is in order.
 */
export const verifyReferences = (
  { concurrency, data, language, limits, tasks }: VerifyRequest,
  observe: (verified: Verified) => Effect.Effect<void>
): Effect.Effect<
  ReadonlyArray<Verified>,
  ProblemInvalid | EvaluateError,
  ProblemSource | HiddenCases | ReferencePrograms | Sandbox | Critics | EvaluationCache
> =>
  Effect.gen(function* () {
    const source = yield* ProblemSource
    const hiddenCases = yield* HiddenCases
    const references = yield* ReferencePrograms
    yield* (yield* Sandbox).toolchain(language)
    const verifyOne = Effect.fn("verifyReferences.task")(function* (task: string) {
      const request = {
        problem: task,
        promptExamples: 0,
        validExamples: 100,
        testExamples: 0,
        seed: 42,
        data
      }
      const { problem } = yield* source.load(request)
      const reference = yield* references.of(request, language)
      if (reference === undefined) {
        return yield* new ProblemInvalid({ problem: task, reason: `it has no solution in ${language}` })
      }
      const cases = [...problem.validation, ...(yield* hiddenCases.edge(request))]
      const { evaluation } = yield* evaluate({ ...reference, cases, check: problem.check, limits })
      const failure = failureOf(cases, evaluation, limits)
      const verified: Verified = {
        task,
        cases: cases.length,
        ...(failure === undefined ? {} : { failure })
      }
      yield* observe(verified)
      return verified
    })
    return yield* Effect.forEach(tasks, verifyOne, { concurrency })
  })

/** The first case that did not pass. */
const failureOf = (
  cases: ReadonlyArray<Case>,
  evaluation: Evaluation,
  limits: Limits
): Verified["failure"] => {
  const index = evaluation.cases.findIndex(({ verdict }) => verdict !== "Passed")
  const result = evaluation.cases[index]
  if (result === undefined) return undefined
  const which = cases.length === 1 ? "" : `case ${index}: `
  return { verdict: result.verdict, detail: `${which}${limitText(result, limits) ?? aboutOf(result)}` }
}

const aboutOf = ({ actual, error, exit, signal }: CaseResult): string => {
  if (error !== undefined && error.trim() !== "") return error.trim()
  if (actual !== undefined) return `it prints ${JSON.stringify(actual.slice(0, 200))}`
  return signal ?? (exit === undefined ? "" : `exit status ${exit}`)
}
