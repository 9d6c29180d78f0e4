import { Effect } from "effect"
import type { Comparison } from "../../domain/comparison.ts"
import { type Evaluation, judge } from "../../domain/evaluation.ts"
import { ioCasesOf } from "../../domain/problem.ts"
import { Sandbox, type SandboxError } from "../Sandbox.ts"
import type { Question } from "./Question.ts"

/** Runs a program on the input of each case, and compares what it prints with what is expected. */
export const byLines = (
  { cases, language, limits, program }: Question,
  comparison: Comparison
): Effect.Effect<Evaluation, SandboxError, Sandbox> =>
  Effect.gen(function* () {
    const sandbox = yield* Sandbox
    const asked = ioCasesOf(cases)
    const inputs = asked.map(({ input }) => input)
    const run = yield* sandbox.run({ language, source: program, inputs, limits })
    return judge(asked, run, comparison)
  })
