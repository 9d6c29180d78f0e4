import { Context, Effect, Layer } from "effect"
import { beginning } from "../domain/cut.ts"
import type { InstructionWritten } from "../domain/events.ts"
import { failureText, noProgramInstruction, staticInstruction } from "../domain/prompts/failure.ts"
import { explainRequest } from "../domain/prompts/requests.ts"
import { refOf } from "../domain/refs.ts"
import type { InstructWork } from "../domain/search/work.ts"
import { type Actor, type ActorOptions, makeActor } from "./Actor.ts"
import { type Answered, Asking } from "./Asking.ts"
import { EventLog } from "./EventLog.ts"
import { evaluationOfParent } from "./parentEvaluation.ts"
import { lastPosition, type Task } from "./RunContext.ts"

/** Turns a survivor's failure into an instruction: by a model, or as a fixed sentence. */
export class Instruct extends Context.Tag("seidr/Instruct")<Instruct, Actor<InstructWork>>() {}

export const layer = (options: ActorOptions): Layer.Layer<Instruct, never, Asking | EventLog> =>
  Layer.scoped(
    Instruct,
    Effect.gen(function* () {
      const asking = yield* Asking
      const log = yield* EventLog

      const fixed = (task: Task<InstructWork>, source: "static" | "fixed", text: string) =>
        Effect.map(
          task.run.append(
            [{ event: instructionWritten(task.work, source, text), cause: task.work.cause }],
            [text]
          ),
          lastPosition
        )

      const byModel = Effect.fnUntraced(function* (
        { run, work }: Task<InstructWork>,
        program: string,
        failure: string
      ) {
        const request = explainRequest(run.settings, run.problem, program, failure, work.ordinal)
        const asker = { place: work.instruction, asked: work, program: work.parent.program }
        const answered: Answered = yield* asking.ask(run, asker, request)
        const text = instructionText(answered.text)
        const event = instructionWritten(work, "model", text)
        return lastPosition(
          yield* run.append(
            [...answered.entries, { event, cause: answered.cause }],
            [...answered.texts, text]
          )
        )
      })

      return yield* makeActor<InstructWork>(
        options,
        Effect.fnUntraced(function* (task) {
          const { run, work } = task
          const { program } = work.parent
          if (program === null) return yield* fixed(task, "fixed", noProgramInstruction)
          const evaluation = yield* evaluationOfParent(log, work.parent)
          const cases = run.problem.validation
          const source = yield* log.text(program)
          return run.settings.instructions === "static"
            ? yield* fixed(task, "static", staticInstruction(evaluation, cases, source))
            : yield* byModel(task, source, failureText(evaluation, cases, source))
        })
      )
    })
  )

/** An explanation is a few sentences; what is longer is cut here. */
const longest = 4_000

export const instructionText = (answer: string): string => beginning(answer.trim(), longest)

const instructionWritten = (
  { instruction, index }: InstructWork,
  source: InstructionWritten["source"],
  text: string
): InstructionWritten => ({ _tag: "InstructionWritten", instruction, index, text: refOf(text), source })
