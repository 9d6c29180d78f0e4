import { Either } from "effect"
import type { CompletionRequested } from "../../domain/events.ts"
import type { Problem } from "../../domain/problem.ts"
import { failureText } from "../../domain/prompts/failure.ts"
import { draftRequest, explainRequest, repairRequest } from "../../domain/prompts/requests.ts"
import { type ModelRequest, requestHash } from "../../domain/request.ts"
import { callKeyOf } from "../../domain/search/callKey.ts"
import type { Search } from "../../domain/search/state.ts"
import type { DebugWork, DraftWork, InstructWork, Work } from "../../domain/search/work.ts"
import type { Made, TextsAtHand } from "./textsAtHand.ts"

/** A step that may ask a model. */
export type AskingWork = DraftWork | DebugWork | InstructWork

export const isAsking = (work: Work): work is AskingWork => "attempts" in work

/** What each of them asks for. */
export const roles = { Draft: "draft", Instruct: "explain", Debug: "repair" } as const

/** The place that a step writes to. */
export const placeOf = (work: AskingWork): CompletionRequested["place"] =>
  work._tag === "Instruct" ? work.instruction : work.node

/** The event with which a step's next attempt begins. */
export const requestedBy = (
  work: AskingWork,
  request: ModelRequest,
  texts: TextsAtHand
): CompletionRequested => {
  const { model, role, temperature, system, user } = request
  return {
    _tag: "CompletionRequested",
    callKey: callKeyOf(placeOf(work), role),
    place: placeOf(work),
    index: work.index,
    role,
    attempt: work.attempts + 1,
    requestHash: requestHash(request),
    request: {
      model,
      temperature,
      system: system.map((part) => texts.refOf(part)),
      user: user.map((part) => texts.refOf(part))
    }
  }
}

/** The request of a step; undefined for one that asks nobody. */
export const requestFor = (
  work: AskingWork,
  { settings }: Search,
  problem: Problem,
  texts: TextsAtHand
): Made<ModelRequest | undefined> => {
  switch (work._tag) {
    case "Draft":
      return Either.right(draftRequest(settings, problem, work.ordinal))
    case "Debug": {
      const program = work.parent.program === null ? Either.right(null) : texts.get(work.parent.program)
      if (Either.isLeft(program)) return Either.left(program.left)
      return Either.map(texts.get(work.instruction), (instruction) =>
        repairRequest(settings, problem, program.right, instruction, work.ordinal)
      )
    }
    case "Instruct": {
      const { program } = work.parent
      if (program === null || settings.instructions === "static") return Either.right(undefined)
      const source = texts.get(program)
      if (Either.isLeft(source)) return Either.left(source.left)
      return Either.map(texts.evaluationOf(work.parent), (evaluation) => {
        const failure = failureText(evaluation, problem.validation)
        return explainRequest(settings, problem, source.right, failure, work.ordinal)
      })
    }
  }
}
