import { Either, HashMap, Option } from "effect"
import { columnsFrom, columnsOf, detailsOf } from "../../domain/details.ts"
import { noProgram } from "../../domain/evaluation.ts"
import type { Event, InstructionWritten, Ref } from "../../domain/events.ts"
import { sha256 } from "../../domain/hash.ts"
import type { Problem } from "../../domain/problem.ts"
import { noProgramInstruction } from "../../domain/prompts/failure.ts"
import { rules } from "../../domain/rules.ts"
import type { Search } from "../../domain/search/state.ts"
import type { ExecuteWork, InstructWork, Work } from "../../domain/search/work.ts"
import { instructionText } from "../../services/Instruct.ts"
import { conclusionOf } from "../../services/Rank.ts"
import { programWritten } from "../../services/written.ts"
import type { Recordings } from "./recordings.ts"
import { type AskingWork, requestedBy } from "./request.ts"
import { staticOf } from "./staticOf.ts"
import type { Made, TextsAtHand } from "./textsAtHand.ts"

/**
 * What comes of a step: its events, as far as the log has what they need, and the texts that
 * these name.
 */
export interface Consequences {
  readonly events: ReadonlyArray<Event>
  readonly texts: ReadonlyArray<string>
  readonly isDone: boolean
}

export const nothing: Consequences = { events: [], texts: [], isDone: false }

interface Written {
  readonly event: Event
  readonly texts: ReadonlyArray<string>
}

const done = ({ event, texts }: Written): Consequences => ({
  ...nothing,
  events: [event],
  texts,
  isDone: true
})

/** What comes of a step when models and programs do what they did in the log. */
export const consequencesOf = (
  work: Work,
  search: Search,
  problem: Problem,
  recordings: Recordings,
  texts: TextsAtHand
): Made<Consequences> => {
  switch (work._tag) {
    case "Draft":
    case "Debug":
    case "Instruct":
      return afterAnswer(work, search, problem, recordings, texts)
    case "Execute":
      return Either.right(afterExecution(work, search, recordings))
    case "ScoreHidden":
      return Either.right(nothing)
    case "Rank":
    case "End":
    case "Finish": {
      const event = conclusionOf(work, search)
      return Either.right(event === undefined ? nothing : done({ event, texts: [] }))
    }
  }
}

const afterAnswer = (
  work: AskingWork,
  search: Search,
  problem: Problem,
  recordings: Recordings,
  texts: TextsAtHand
): Made<Consequences> => {
  if (work.answer !== undefined) return Either.map(written(work, search, work.answer, texts), done)
  return Either.flatMap(requestedBy(work, search, problem, texts), (call) => {
    if (call === undefined) return Either.map(unasked(work as InstructWork, problem, texts), done)
    const unanswered = { ...nothing, events: [call] }
    const answer = recordings.answers.get(call.callKey)
    // Requests that other rules have made are known by their place alone.
    const isOther = search.rules.prompts === rules.prompts && answer?.requestHash !== call.requestHash
    if (answer === undefined || isOther) return Either.right(unanswered)
    return Either.map(written(work, search, answer.answer, texts), ({ event, texts: added }) => ({
      events: [call, { ...answer, attempt: call.attempt }, event],
      texts: added,
      isDone: true
    }))
  })
}

const written = (work: AskingWork, { settings }: Search, answer: Ref, texts: TextsAtHand): Made<Written> =>
  Either.map(texts.get(answer), (text) =>
    work._tag === "Instruct"
      ? instructionWritten(work, "model", instructionText(text))
      : programWritten(settings.language, work, text)
  )

const unasked = (work: InstructWork, problem: Problem, texts: TextsAtHand): Made<Written> =>
  work.parent.program === null
    ? Either.right(instructionWritten(work, "fixed", noProgramInstruction))
    : Either.map(staticOf(work.parent, work.parent.program, problem, texts), (text) =>
        instructionWritten(work, "static", text)
      )

const instructionWritten = (
  { instruction, index }: InstructWork,
  source: InstructionWritten["source"],
  text: string
): Written => ({
  event: { _tag: "InstructionWritten", instruction, index, text: sha256(text), source },
  texts: [text]
})

const afterExecution = (
  { node, index, program }: ExecuteWork,
  search: Search,
  { evaluations }: Recordings
): Consequences => {
  const place = { _tag: "ProgramEvaluated", node, index, program } as const
  if (program === null) {
    const evaluation = noProgram(search.problem.cases)
    const details = JSON.stringify(detailsOf(evaluation))
    const event = { ...place, ...columnsOf(evaluation), details: sha256(details), source: "none" } as const
    return done({ event, texts: [details] })
  }
  const known = Option.getOrUndefined(HashMap.get(search.evaluations, program))
  if (known !== undefined) return done({ event: { ...place, ...known, source: "same" }, texts: [] })
  const recorded = evaluations.get(program)
  const columns = recorded === undefined ? undefined : columnsFrom(recorded)
  if (recorded === undefined || columns?.total !== search.problem.cases) return nothing
  const { details } = recorded
  return done({ event: { ...place, ...columns, details, source: "ran" }, texts: [] })
}
