import { Effect } from "effect"
import type { Comparison } from "../domain/comparison.ts"
import { type Evaluation, judge, type Limits } from "../domain/evaluation.ts"
import { canonicalJson, hashOf, sha256 } from "../domain/hash.ts"
import type { Language } from "../domain/language.ts"
import { type Case, hashCases } from "../domain/problem.ts"
import { EvaluationCache } from "./EvaluationCache.ts"
import { Sandbox, type SandboxError } from "./Sandbox.ts"

/** A program, and what it is judged by. */
export interface Question {
  readonly language: Language
  readonly program: string
  readonly cases: ReadonlyArray<Case>
  readonly comparison: Comparison
  readonly limits: Limits
}

export interface Evaluated {
  readonly evaluation: Evaluation
  readonly source: "ran" | "cache"
}

/** Counted up when the same executions would be judged differently. */
const judgement = 1

/**
 * Runs a program in the sandbox and judges what it prints, unless the cache knows what came of the same question on
 * this machine. What is cached is the judgement, which is small; the outputs that it was made from may be megabytes.
 */
export const evaluate: (
  question: Question
) => Effect.Effect<Evaluated, SandboxError, Sandbox | EvaluationCache> = Effect.fn("evaluate")(
  function* (question) {
    const { cases, comparison, language, limits, program } = question
    const sandbox = yield* Sandbox
    const cache = yield* EvaluationCache
    const key = keyOf(question, yield* sandbox.identity(language))
    const known = yield* cache.get(key)
    if (known !== undefined && known.total === cases.length) return { evaluation: known, source: "cache" }
    const inputs = cases.map(({ input }) => input)
    const run = yield* sandbox.run({ language, source: program, inputs, limits })
    const evaluation = judge(cases, run, comparison)
    yield* cache.put(key, evaluation)
    return { evaluation, source: "ran" }
  }
)

const keyOf = ({ cases, comparison, language, limits, program }: Question, identity: string): string =>
  hashOf(
    judgement,
    language,
    identity,
    sha256(program),
    hashCases(cases),
    canonicalJson(comparison),
    canonicalJson(limits)
  )
