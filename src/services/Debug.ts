import { Context, Effect, Layer } from "effect"
import { repairRequest } from "../domain/prompts/requests.ts"
import type { DebugWork } from "../domain/search/work.ts"
import { type Actor, type ActorOptions, makeActor } from "./Actor.ts"
import { Asking } from "./Asking.ts"
import { EventLog } from "./EventLog.ts"
import { lastPosition } from "./RunContext.ts"
import { writtenFrom } from "./written.ts"

/** Repairs a program by an instruction, with a language model. */
export class Debug extends Context.Tag("seidr/Debug")<Debug, Actor<DebugWork>>() {}

export const layer = (options: ActorOptions): Layer.Layer<Debug, never, Asking | EventLog> =>
  Layer.scoped(
    Debug,
    Effect.gen(function* () {
      const asking = yield* Asking
      const log = yield* EventLog
      return yield* makeActor<DebugWork>(
        options,
        Effect.fnUntraced(function* ({ run, work }) {
          const { settings, problem } = run
          const { parent, instruction, ordinal } = work
          const program = parent.program === null ? null : yield* log.text(parent.program)
          const request = repairRequest(settings, problem, program, yield* log.text(instruction), ordinal)
          const asker = { place: work.node, asked: work, program: parent.program }
          const answered = yield* asking.ask(run, asker, request)
          const { entries, texts } = writtenFrom(settings.language, work, answered)
          return lastPosition(yield* run.append(entries, texts))
        })
      )
    })
  )
