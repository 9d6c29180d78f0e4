import { Effect, Random } from "effect"
import type { UnitTestsCheck } from "../../../domain/check.ts"
import { type Evaluation, evaluationOf } from "../../../domain/evaluation.ts"
import type { UnitTest } from "../../../domain/problem.ts"
import { assembled } from "../../../domain/unitTests/assembled.ts"
import { tokenLimit } from "../../../domain/unitTests/assembly.ts"
import { judgeTest } from "../../../domain/unitTests/judgeTest.ts"
import type { Tested } from "../../../domain/unitTests/tested.ts"
import { Sandbox, type SandboxError } from "../../Sandbox.ts"
import type { Question } from "../Question.ts"

/**
 * Puts the candidate and each of its tests together into one program, which has to answer a random token once its last
 * assertion has held. The token proves that the test was run to its end; it is in no result.
 */
export const inOneProcess = (
  { cases, language, limits, program }: Question,
  check: UnitTestsCheck,
  tested: Tested
): Effect.Effect<Evaluation, SandboxError, Sandbox> =>
  Effect.gen(function* () {
    const sandbox = yield* Sandbox
    const tests = cases.filter((item): item is UnitTest => "test" in item)
    const results = yield* Effect.forEach(tests, ({ test }) =>
      Effect.gen(function* () {
        const token = yield* Random.nextIntBetween(2 ** 20, tokenLimit)
        const assembly = assembled(tested, check, program, test)
        const run = yield* sandbox.run({ language, source: assembly.source, inputs: [`${token}\n`], limits })
        return judgeTest(assembly, run, token)
      })
    )
    return evaluationOf(results)
  })
