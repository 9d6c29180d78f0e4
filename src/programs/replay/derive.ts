import { Either, HashMap, Option } from "effect"
import { columnsFrom, columnsOf } from "../../domain/details.ts"
import { noProgram } from "../../domain/evaluation.ts"
import type {
  CompletionFailed,
  CompletionReceived,
  CompletionRequested,
  Event,
  HiddenScored,
  InstructionWritten,
  ProgramEvaluated,
  ProgramWritten,
  RunForked
} from "../../domain/events.ts"
import { sha256 } from "../../domain/hash.ts"
import type { Problem } from "../../domain/problem.ts"
import { noProgramInstruction } from "../../domain/prompts/failure.ts"
import { callKeyOf } from "../../domain/search/callKey.ts"
import { openSteps } from "../../domain/search/decide.ts"
import { nextIndex } from "../../domain/search/fork.ts"
import { openWork } from "../../domain/search/open.ts"
import { pathTo } from "../../domain/search/path.ts"
import type { Search } from "../../domain/search/state.ts"
import type { InstructWork, Work } from "../../domain/search/work.ts"
import { fromLetters } from "../../domain/verdict.ts"
import { instructionText } from "../../services/Instruct.ts"
import { conclusionOf } from "../../services/Rank.ts"
import { programWritten } from "../../services/written.ts"
import type { Course } from "./course.ts"
import { type AskingWork, isAsking, placeOf, requestedBy, roles } from "./request.ts"
import { staticOf } from "./staticOf.ts"
import type { Made, TextsAtHand } from "./textsAtHand.ts"

/**
 * What a run's past says that its next event has to be: nothing (`Free`: it comes from outside, as an answer or an
 * evaluation does), that it cannot be (`Impossible`), or the fields that follow from it, and the positions that can be
 * its cause, likeliest first.
 */
export type Derivation =
  | { readonly _tag: "Free" }
  | { readonly _tag: "Impossible"; readonly reason: string }
  | { readonly _tag: "Derived"; readonly fields: object; readonly causes: Causes }

type Causes = ReadonlyArray<number | null | undefined>

const free: Derivation = { _tag: "Free" }
const fields = (value: object, ...causes: Causes): Derivation => ({ _tag: "Derived", fields: value, causes })
const impossible = (reason: string): Derivation => ({ _tag: "Impossible", reason })

export const derive = (
  event: Event,
  search: Search,
  problem: Problem,
  course: Course,
  texts: TextsAtHand
): Made<Derivation> => {
  const fault = course.faultOf(event, search)
  if (fault !== undefined) return Either.right(impossible(fault))
  switch (event._tag) {
    case "CompletionRequested":
      return deriveRequest(event, search, problem, texts)
    case "CompletionReceived":
    case "CompletionFailed":
      return Either.right(deriveOutcome(event, search, course))
    case "ProgramWritten":
      return deriveProgram(event, search, course, texts)
    case "ProgramEvaluated":
      return Either.right(deriveEvaluation(event, search))
    case "InstructionWritten":
      return deriveInstruction(event, search, problem, course, texts)
    case "GenerationRanked":
    case "SearchEnded":
    case "RunFinished":
      return Either.right(deriveConclusion(event, search))
    case "HiddenScored":
      return Either.right(deriveHidden(event, search))
    case "RunForked":
      return Either.right(deriveFork(event, search, problem))
    case "RunStarted":
    case "RunResumed":
    case "RunInterrupted":
      return Either.right(free)
  }
}

const deriveHidden = ({ verdicts }: HiddenScored, search: Search): Derivation => {
  const due = openWork(search.open, "ScoreHidden", search.best?.index ?? 0)
  if (due === undefined) return impossible("the search has not ended")
  const judged = fromLetters(verdicts)
  const total = search.hidden?.cases
  if (judged === undefined || judged.length !== total) return impossible(`there are ${total} hidden cases`)
  const passed = judged.filter((verdict) => verdict === "Passed").length
  return fields({ node: search.best?.node, total, passed }, due.cause)
}

/** What a fork may not change, and that it leaves its parent at a point that there is. */
const deriveFork = ({ at, settings }: RunForked, search: Search, problem: Problem): Derivation => {
  const next = at.kind === "node" ? pathTo(search, at.node)?.at(-1)?.index : nextIndex(search) - 1
  if (next === undefined) return impossible("there is no such node")
  const { language, limits } = search.settings
  return fields({ problem: problem.name, settings: { ...settings, language, limits } })
}

const deriveRequest = (
  event: CompletionRequested,
  search: Search,
  problem: Problem,
  texts: TextsAtHand
): Made<Derivation> => {
  const { place, role, index } = event
  const work = stepFor(event, search)
  if (work === undefined) {
    // Handed out before a solution with a smaller index was known, and on its way to the disk since: surplus.
    const isLate = search.ended === undefined && index > (search.stopIndex ?? Number.POSITIVE_INFINITY)
    return Either.right(
      isLate ? fields({ callKey: callKeyOf(place, role) }) : impossible(`nothing is to be asked for ${place}`)
    )
  }
  return Either.map(requestedBy(work, search, problem, texts), (requested) => {
    if (requested === undefined) return impossible(`no model is to be asked for ${place}`)
    if (work.answer !== undefined) return impossible(`${place} has its answer already`)
    return fields(requested, work.cause)
  })
}

/** The step that asks for a place; where the event says another index or role, it is to be found all the same. */
const stepFor = ({ place, role, index }: CompletionRequested, search: Search): AskingWork | undefined => {
  const isMeant = (step: Work | undefined): step is AskingWork =>
    step !== undefined && isAsking(step) && placeOf(step) === place
  const expected = openWork(search.open, asking[role], index)
  return isMeant(expected) ? expected : openSteps({ _tag: "Searching", search }).find(isMeant)
}

const asking = { draft: "Draft", explain: "Instruct", repair: "Debug" } as const

/** What came of the last attempt at a call. */
const deriveOutcome = (
  event: CompletionReceived | CompletionFailed,
  search: Search,
  course: Course
): Derivation => {
  const call = Option.getOrUndefined(HashMap.get(search.calls, event.callKey))
  if (call === undefined) return impossible("its call was never made")
  if (call.answer !== undefined) return impossible("its call has been answered before")
  const { attempts: attempt, requestHash, tag } = call
  const callKey = callKeyOf(event.place, roles[tag])
  return fields(
    event._tag === "CompletionReceived" ? { callKey, attempt, requestHash } : { callKey, attempt },
    course.askedAt(callKey)
  )
}

const callAt = (search: Search, callKey: string) => Option.getOrUndefined(HashMap.get(search.calls, callKey))

const deriveProgram = (
  { node }: ProgramWritten,
  search: Search,
  course: Course,
  texts: TextsAtHand
): Made<Derivation> => {
  // A program of the user's is the first node, and nobody is asked for it.
  if (search.start !== null && search.generation === 0)
    return Either.right(fields({ index: 0, program: search.start, reason: null }, 0))
  const callKey = callKeyOf(node, search.generation === 0 ? "draft" : "repair")
  const call = callAt(search, callKey)
  if (call?.answer === undefined) return Either.right(impossible(`there is no answer for ${node}`))
  const { index } = call
  if (HashMap.has(search.members, index)) return Either.right(impossible(`program ${index} is there already`))
  return Either.map(texts.get(call.answer), (text) => {
    const { event } = programWritten(search.settings.language, { node, index }, text)
    // An answer that was recorded without what follows from it was taken up by its step.
    const work = openWork(search.open, search.generation === 0 ? "Draft" : "Debug", index)
    return fields(event, course.askedAt(callKey), work?.cause)
  })
}

const deriveEvaluation = (event: ProgramEvaluated, search: Search): Derivation => {
  const { index, node } = event
  const member = Option.getOrUndefined(HashMap.get(search.members, index))
  if (member === undefined || member.node !== node)
    return impossible(`there is no program ${index} at ${node}`)
  if (member.judged !== undefined) return impossible(`program ${index} is judged already`)
  const cause = openWork(search.open, "Execute", index)?.cause
  if (member.program === null) {
    return fields({ program: null, ...columnsOf(noProgram(search.problem.cases)), source: "none" }, cause)
  }
  const known = Option.getOrUndefined(HashMap.get(search.evaluations, member.program))
  // One text has one evaluation in a run; that of a new one comes from outside.
  if (known !== undefined) return fields({ program: member.program, ...known, source: "same" }, cause)
  const columns = columnsFrom(event)
  if (columns === undefined) return impossible("its verdicts are not known")
  const source = event.source === "cache" ? "cache" : "ran"
  return fields({ program: member.program, ...columns, total: search.problem.cases, source }, cause)
}

const deriveInstruction = (
  { instruction, index: recorded }: InstructionWritten,
  search: Search,
  problem: Problem,
  course: Course,
  texts: TextsAtHand
): Made<Derivation> => {
  const isDue = (step: Work | undefined): step is InstructWork =>
    step?._tag === "Instruct" && step.instruction === instruction
  const expected = openWork(search.open, "Instruct", recorded)
  const work = isDue(expected) ? expected : openSteps({ _tag: "Searching", search }).find(isDue)
  // A search that has stopped before it leaves a late instruction without a step; it is surplus.
  if (work === undefined)
    return Either.right(search.stopIndex === undefined ? impossible("no instruction is due") : free)
  const { parent, cause, index } = work
  if (parent.program === null)
    return Either.right(fields({ index, source: "fixed", text: sha256(noProgramInstruction) }, cause))
  if (search.settings.instructions === "static") {
    return Either.map(staticOf(parent, parent.program, problem, texts), (text) =>
      fields({ index, source: "static", text: sha256(text) }, cause)
    )
  }
  const callKey = callKeyOf(instruction, "explain")
  const answer = callAt(search, callKey)?.answer
  if (answer === undefined) return Either.right(impossible(`there is no answer for ${instruction}`))
  return Either.map(texts.get(answer), (text) =>
    fields({ index, source: "model", text: sha256(instructionText(text)) }, course.askedAt(callKey), cause)
  )
}

const conclusions = { GenerationRanked: "Rank", SearchEnded: "End", RunFinished: "Finish" } as const

const deriveConclusion = (
  event: Event & { readonly _tag: keyof typeof conclusions },
  search: Search
): Derivation => {
  for (const step of openSteps({ _tag: "Searching", search })) {
    if (step._tag !== conclusions[event._tag]) continue
    if (step._tag !== "Rank" && step._tag !== "End" && step._tag !== "Finish") continue
    const conclusion = conclusionOf(step, search)
    if (conclusion === undefined) return impossible("no program is judged")
    // All of it follows, so that nothing may stand there besides.
    const nothingElse = Object.fromEntries(Object.keys(event).map((name) => [name, undefined]))
    return fields({ ...nothingElse, ...conclusion }, step.cause)
  }
  return impossible(`it is not time for ${event._tag}`)
}
