import { Context, Effect, Layer } from "effect"
import { draftRequest } from "../domain/prompts/requests.ts"
import type { DraftWork } from "../domain/search/work.ts"
import { type Actor, type ActorOptions, makeActor } from "./Actor.ts"
import { Asking } from "./Asking.ts"
import { lastPosition } from "./RunContext.ts"
import { writtenFrom } from "./written.ts"

/** Drafts programs with a language model. */
export class Synthesize extends Context.Tag("seidr/Synthesize")<Synthesize, Actor<DraftWork>>() {}

export const layer = (options: ActorOptions): Layer.Layer<Synthesize, never, Asking> =>
  Layer.scoped(
    Synthesize,
    Effect.gen(function* () {
      const asking = yield* Asking
      return yield* makeActor<DraftWork>(
        options,
        Effect.fnUntraced(function* ({ run, work }) {
          const { settings, problem } = run
          const request = draftRequest(settings, problem, work.ordinal)
          const answered = yield* asking.ask(run, { place: work.node, asked: work }, request)
          const { entries, texts } = writtenFrom(settings.language, work, answered)
          return lastPosition(yield* run.append(entries, texts))
        })
      )
    })
  )
