import { Effect } from "effect"
import type { UnitTestsCheck } from "../../../domain/check.ts"
import { type CaseResult, type Evaluation, evaluationOf } from "../../../domain/evaluation.ts"
import { assembled } from "../../../domain/unitTests/assembled.ts"
import { asWritten } from "../../../domain/unitTests/asWritten.ts"
import { callText } from "../../../domain/unitTests/callText.ts"
import type { Side } from "../../../domain/unitTests/sides.ts"
import type { Tested } from "../../../domain/unitTests/tested.ts"
import { Sandbox, type SandboxError, type TalkJob } from "../../Sandbox.ts"
import { despiteFaults } from "../despiteFaults.ts"
import { isHopeless, type Judging, judgedFairly } from "../fairly.ts"
import type { Question } from "../Question.ts"
import { dialogue } from "./dialogue.ts"
import { resultOf } from "./result.ts"
import { testsLimits } from "./tests.ts"

/**
 * Runs unit tests in two processes each, in sandboxes of their own: the test in one, the program in the other. Nothing
 * but plain values passes between them, so that whatever a program does to its process, or finds there, it has to give
 * the right values to pass. The test is compiled once for all programs.
 */
export const inTwoProcesses = (
  { cases, language, limits, program }: Question,
  check: UnitTestsCheck,
  tested: Tested
): Effect.Effect<Evaluation, SandboxError, Sandbox> => {
  const tests = cases.flatMap((item) => ("test" in item ? [item.test] : []))
  // Each side waits for the other, which may have to wait for a processor.
  const wallMs = 3 * limits.timeMs + 1_000 + testsLimits.timeMs

  const judged = (test: string, room: TalkJob["room"]): Effect.Effect<CaseResult, SandboxError, Sandbox> =>
    Effect.gen(function* () {
      const sandbox = yield* Sandbox
      const sides = assembled(tested, check, program, test)
      const opened = (side: Side, job: Pick<TalkJob, "limits" | "room">) =>
        sandbox.open({ ...job, language, source: side.source, wallMs })
      const [ofProgram, ofTests] = yield* Effect.all(
        [opened(sides.program, { limits, room }), opened(sides.tests, { limits: testsLimits, room: "none" })],
        { concurrency: 2 }
      )
      if (ofProgram._tag === "CompileError") return uncompiled(sides.program, ofProgram.diagnostics)
      if (ofTests._tag === "CompileError") return uncompiled(sides.tests, ofTests.diagnostics)
      // The sandbox ends what takes too long: this is for one that does not.
      const held = yield* dialogue(ofProgram.talk, ofTests.talk, undefined, 20 * wallMs)
      const result = resultOf(held)
      const side = result.verdict === "WrongAnswer" ? sides.tests : sides.program
      if (result.error === undefined) return result
      const error = asWritten(side, result.error)
      const call = held.ended._tag === "Failed" ? held.ended.call : undefined
      return call === undefined
        ? { ...result, error }
        : { ...result, error: `${error}\n${callText(check.entryPoint, tested.form, call)}` }
    }).pipe(Effect.scoped)

  const judging: Judging<SandboxError, Sandbox> = (room, indices, found) =>
    Effect.gen(function* () {
      while (found.length < indices.length && !isHopeless(found)) {
        const result = yield* judged(tests[indices[found.length]!] ?? "", room)
        found.push(result)
      }
    })

  return Effect.map(judgedFairly(tests.length, limits, despiteFaults(judging)), evaluationOf)
}

const uncompiled = (side: Side, diagnostics: string): CaseResult => ({
  verdict: "CompileError",
  score: 0,
  ms: 0,
  memoryBytes: 0,
  error: asWritten(side, diagnostics)
})
