import { Effect } from "effect"
import type { Check } from "../domain/check.ts"
import type { Evaluation, Limits } from "../domain/evaluation.ts"
import { canonicalJson, hashOf } from "../domain/hash.ts"
import { hashCases } from "../domain/problem.ts"
import { refOf } from "../domain/refs.ts"
import type { CriticFailed, Critics } from "./Critics.ts"
import { codeVersion } from "./codeVersion.ts"
import { byCritic } from "./Evaluate/byCritic.ts"
import { byLines } from "./Evaluate/byLines.ts"
import { byUnitTests } from "./Evaluate/byUnitTests.ts"
import type { Question } from "./Evaluate/Question.ts"
import { EvaluationCache } from "./EvaluationCache.ts"
import { Sandbox, type SandboxError } from "./Sandbox.ts"

export interface Evaluated {
  readonly evaluation: Evaluation
  readonly source: "ran" | "cache"
}

/** None of it is the program's fault. */
export type EvaluateError = SandboxError | CriticFailed

/** Changes when the same program may be judged differently: also by how tests are put together, and how they are spoken to. */
const judgement = (): string => codeVersion(import.meta.url, [unitTestsInPython])
const unitTestsInPython = new URL("./Evaluate/unitTests/python", import.meta.url)

/**
 * Runs a program in the sandbox and judges what it prints, unless the cache knows what came of the same question on
 * this machine. What is cached is the judgement, which is small; the outputs that it was made from may be megabytes.
 */
export const evaluate: (
  question: Question
) => Effect.Effect<Evaluated, EvaluateError, Sandbox | Critics | EvaluationCache> = Effect.fnUntraced(
  function* (question) {
    const { cases, language } = question
    // Nobody knows what the word of a user's executable depends on.
    if (question.check._tag === "Critic") return { evaluation: yield* judged(question), source: "ran" }
    const sandbox = yield* Sandbox
    const cache = yield* EvaluationCache
    const key = keyOf(question, yield* sandbox.identity(language))
    const known = yield* cache.get(key)
    if (known !== undefined && known.total === cases.length) return { evaluation: known, source: "cache" }
    const evaluation = yield* judged(question)
    yield* cache.put(key, evaluation)
    return { evaluation, source: "ran" }
  }
)

/** Each kind of check has its own way. */
const judged = (question: Question): Effect.Effect<Evaluation, EvaluateError, Sandbox | Critics> => {
  const { check } = question
  switch (check._tag) {
    case "Lines":
      return byLines(question, check.comparison)
    case "UnitTests":
      return byUnitTests(question, check)
    case "Critic":
      return byCritic(question, check)
  }
}

const keyOf = ({ cases, check, language, limits, program }: Question, identity: string): string =>
  hashOf(
    judgement(),
    language,
    identity,
    refOf(program),
    hashCases(cases),
    canonical(check),
    canonical(limits)
  )

/** A search asks by the same check and limits with every program. */
const canonical = (value: Check | Limits): string => {
  const known = canonicals.get(value)
  if (known !== undefined) return known
  const text = canonicalJson(value)
  canonicals.set(value, text)
  return text
}

const canonicals = new WeakMap<Check | Limits, string>()
