import { Context, Effect, Layer } from "effect"
import { columnsOf, detailsOf } from "../domain/details.ts"
import { type Evaluation, noProgram } from "../domain/evaluation.ts"
import type { HiddenScored, ProgramEvaluated } from "../domain/events.ts"
import type { Case } from "../domain/problem.ts"
import { refOf } from "../domain/refs.ts"
import type { ExecuteWork, ScoreHiddenWork } from "../domain/search/work.ts"
import { type Actor, type ActorOptions, makeActor } from "./Actor.ts"
import type { Critics } from "./Critics.ts"
import { type Evaluated, evaluate } from "./Evaluate.ts"
import type { EvaluationCache } from "./EvaluationCache.ts"
import { EventLog } from "./EventLog.ts"
import { unseal } from "./HiddenCases/sealed.ts"
import { lastPosition, type RunContext, type Task } from "./RunContext.ts"
import type { Sandbox } from "./Sandbox.ts"
import { traced } from "./traced.ts"

/** Runs programs in the sandbox and judges what they print: on the validation cases, and at the end on the hidden ones. */
export class Execute extends Context.Tag("seidr/Execute")<Execute, Actor<ExecuteWork | ScoreHiddenWork>>() {}

export const layer = (
  options: ActorOptions
): Layer.Layer<Execute, never, Sandbox | Critics | EvaluationCache | EventLog> =>
  Layer.scoped(
    Execute,
    Effect.gen(function* () {
      const log = yield* EventLog

      const judged = Effect.fnUntraced(function* (
        { settings, problem }: RunContext,
        program: string | null,
        cases: ReadonlyArray<Case>
      ) {
        if (program === null) return { evaluation: noProgram(cases.length), source: "none" as const }
        const { language, limits } = settings
        const { check } = problem
        const text = yield* log.text(program)
        const evaluated: Evaluated = yield* traced(
          evaluate({ language, program: text, cases, check, limits }),
          "evaluate"
        )
        return evaluated
      })

      const onValidation = Effect.fnUntraced(function* ({ run, work }: Task<ExecuteWork>) {
        const { node, index, program, known, cause } = work
        if (known !== undefined) {
          const event: ProgramEvaluated = {
            _tag: "ProgramEvaluated",
            node,
            index,
            program,
            ...known,
            source: "same"
          }
          return lastPosition(yield* run.append([{ event, cause }], []))
        }
        const { evaluation, source } = yield* judged(run, program, run.problem.validation)
        const details = JSON.stringify(detailsOf(evaluation))
        const event: ProgramEvaluated = {
          _tag: "ProgramEvaluated",
          node,
          index,
          program,
          ...columnsOf(evaluation),
          details: refOf(details),
          source
        }
        return lastPosition(yield* run.append([{ event, cause }], [details]))
      })

      const onHidden = Effect.fnUntraced(function* ({ run, work, search }: Task<ScoreHiddenWork>) {
        const cases = search.hidden === null ? [] : yield* unseal(log, search.hidden.document)
        const { evaluation } = yield* judged(run, work.program, cases)
        const event = hiddenScored(work, evaluation)
        return lastPosition(yield* run.append([{ event, cause: work.cause }], []))
      })

      return yield* makeActor<ExecuteWork | ScoreHiddenWork, Sandbox | Critics | EvaluationCache>(
        options,
        (task) =>
          task.work._tag === "Execute"
            ? onValidation({ ...task, work: task.work })
            : onHidden({ ...task, work: task.work })
      )
    })
  )

const hiddenScored = ({ node }: ScoreHiddenWork, evaluation: Evaluation): HiddenScored => {
  const { verdicts, score, passed, total } = columnsOf(evaluation)
  return { _tag: "HiddenScored", node, verdicts, score, passed, total }
}
