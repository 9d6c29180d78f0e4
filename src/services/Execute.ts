import { Context, Effect, Layer } from "effect"
import { columnsOf, detailsOf } from "../domain/details.ts"
import { type Evaluation, judge, type Limits, noProgram } from "../domain/evaluation.ts"
import type { HiddenScored, ProgramEvaluated } from "../domain/events.ts"
import { sha256 } from "../domain/hash.ts"
import type { Case } from "../domain/problem.ts"
import type { ExecuteWork, ScoreHiddenWork } from "../domain/search/work.ts"
import { type Actor, type ActorOptions, makeActor } from "./Actor.ts"
import { EventLog } from "./EventLog.ts"
import { unseal } from "./HiddenCases/sealed.ts"
import { lastPosition, type RunContext, type Task } from "./RunContext.ts"
import { Sandbox } from "./Sandbox.ts"

/** Runs programs in the sandbox and judges what they print: on the validation cases, and at the end on the hidden ones. */
export class Execute extends Context.Tag("seidr/Execute")<Execute, Actor<ExecuteWork | ScoreHiddenWork>>() {}

export const layer = (options: ActorOptions): Layer.Layer<Execute, never, Sandbox | EventLog> =>
  Layer.scoped(
    Execute,
    Effect.gen(function* () {
      const sandbox = yield* Sandbox
      const log = yield* EventLog

      const evaluate = Effect.fn("Execute.evaluate")(function* (
        { settings, problem }: RunContext,
        program: string | null,
        cases: ReadonlyArray<Case>
      ) {
        if (program === null) return noProgram(cases.length)
        const source = yield* log.text(program)
        const limits: Limits = settings.limits
        const inputs = cases.map(({ input }) => input)
        const run = yield* sandbox.run({ language: settings.language, source, inputs, limits })
        return judge(cases, run, problem.comparison)
      })

      const onValidation = Effect.fn("Execute.onValidation")(function* ({ run, work }: Task<ExecuteWork>) {
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
        const evaluation = yield* evaluate(run, program, run.problem.validation)
        const details = JSON.stringify(detailsOf(evaluation))
        const event: ProgramEvaluated = {
          _tag: "ProgramEvaluated",
          node,
          index,
          program,
          ...columnsOf(evaluation),
          details: sha256(details),
          source: program === null ? "none" : "ran"
        }
        return lastPosition(yield* run.append([{ event, cause }], [details]))
      })

      const onHidden = Effect.fn("Execute.onHidden")(function* ({
        run,
        work,
        search
      }: Task<ScoreHiddenWork>) {
        const cases = search.hidden === null ? [] : yield* unseal(log, search.hidden.document)
        const event = hiddenScored(work, yield* evaluate(run, work.program, cases))
        return lastPosition(yield* run.append([{ event, cause: work.cause }], []))
      })

      return yield* makeActor<ExecuteWork | ScoreHiddenWork>(options, (task) =>
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
