import { Either } from "effect"
import type { CompletionRequested } from "../../domain/events.ts"
import type { Problem } from "../../domain/problem.ts"
import { failureText } from "../../domain/prompts/failure.ts"
import { draftRequest, explainRequest, repairRequest, temperatureFor } from "../../domain/prompts/requests.ts"
import { type ModelRequest, requestHash } from "../../domain/request.ts"
import { callKeyOf } from "../../domain/search/callKey.ts"
import type { Search } from "../../domain/search/state.ts"
import type { DebugWork, DraftWork, InstructWork, Work } from "../../domain/search/work.ts"
import type { SearchSettings } from "../../domain/settings.ts"
import type { Asked, Made, TextsAtHand } from "./textsAtHand.ts"

/** A step that may ask a model. */
export type AskingWork = DraftWork | DebugWork | InstructWork

export const isAsking = (work: Work): work is AskingWork => "attempts" in work

/** What each of them asks for. */
export const roles = { Draft: "draft", Instruct: "explain", Debug: "repair" } as const

/** The place that a step writes to. */
export const placeOf = (work: AskingWork): CompletionRequested["place"] =>
  work._tag === "Instruct" ? work.instruction : work.node

/** The event with which a step's next attempt begins; undefined for a step that asks nobody. */
export const requestedBy = (
  work: AskingWork,
  search: Search,
  problem: Problem,
  texts: TextsAtHand
): Made<CompletionRequested | undefined> =>
  Either.map(asksFor(work, search, problem, texts), (asked) => {
    if (asked === undefined) return undefined
    const role = roles[work._tag]
    return {
      _tag: "CompletionRequested",
      callKey: callKeyOf(placeOf(work), role),
      place: placeOf(work),
      index: work.index,
      role,
      attempt: work.attempts + 1,
      ...asked
    }
  })

/** What a step asks for, by hashes. The samples that a place asks for are mostly asked for with one request. */
const asksFor = (
  work: AskingWork,
  search: Search,
  problem: Problem,
  texts: TextsAtHand
): Made<Asked | undefined> => {
  const asked = texts.askedUnder(search.settings)
  const key = keyOf(work, search.settings)
  const before = asked.get(key)
  if (before !== undefined) return Either.right(before)
  return Either.map(requestFor(work, search, problem, texts), (request) => {
    if (request === undefined) return undefined
    const made = hashesOf(request, texts)
    if (asked.size >= mostKept) asked.clear()
    asked.set(key, made)
    return made
  })
}

const mostKept = 256

/** The same for two steps of a search exactly where their requests are made of the same. */
const keyOf = (work: AskingWork, settings: SearchSettings): string => {
  const temperature = temperatureFor(settings, roles[work._tag], work.ordinal)
  switch (work._tag) {
    case "Draft":
      return `draft ${temperature}`
    case "Debug":
      return `repair ${temperature} ${work.parent.program} ${work.instruction}`
    case "Instruct":
      // One place has one program and one evaluation.
      return `explain ${temperature} ${work.parent.node}`
  }
}

const hashesOf = (request: ModelRequest, texts: TextsAtHand): Asked => {
  const { model, temperature, system, user } = request
  return {
    requestHash: requestHash(request),
    request: {
      model,
      temperature,
      system: system.map((part) => texts.refOf(part)),
      user: user.map((part) => texts.refOf(part))
    }
  }
}

/** The request itself. */
const requestFor = (
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
        const failure = failureText(evaluation, problem.validation, source.right)
        return explainRequest(settings, problem, source.right, failure, work.ordinal)
      })
    }
  }
}
