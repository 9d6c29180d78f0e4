import { Effect } from "effect"
import type { ModelRequest } from "../../domain/request.ts"
import type { ModelAdapter, ModelAnswer, ModelCall, ModelError } from "../LanguageModel.ts"

type Said = string | ModelAnswer

/**
 * A model that answers by a function, for tests and trials. A text is an answer that ended by itself; an Effect may
 * take its time or fail as a model does.
 *
 *     layerRouter({ scripted: scripted((request) => (request.role === "draft" ? "print(1)" : "print(2)")) })
 */
export const scripted = (
  answer: (request: ModelRequest, call: ModelCall) => Said | Effect.Effect<Said, ModelError>
): ModelAdapter => ({
  complete: Effect.fnUntraced(function* (call: ModelCall) {
    const said = answer(call.request, call)
    const given = Effect.isEffect(said) ? yield* said : said
    return typeof given === "string" ? { text: given, usage: undefined, finishReason: "stop" } : given
  }),
  check: () => Effect.void,
  batch: 10
})
