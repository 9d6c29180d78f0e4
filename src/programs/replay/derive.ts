import { Effect, HashMap, Option } from "effect"
import { columnsOf, evaluationFrom } from "../../domain/details.ts"
import type {
  CompletionFailed,
  CompletionReceived,
  CompletionRequested,
  Event,
  InstructionWritten,
  ProgramEvaluated,
  ProgramWritten,
  RunForked
} from "../../domain/events.ts"
import { sha256 } from "../../domain/hash.ts"
import type { Problem } from "../../domain/problem.ts"
import { failureText, noProgramInstruction, staticInstruction } from "../../domain/prompts/failure.ts"
import { draftRequest, explainRequest, repairRequest } from "../../domain/prompts/requests.ts"
import { type ModelRequest, requestHash } from "../../domain/request.ts"
import { callKeyOf } from "../../domain/search/callKey.ts"
import { openSteps } from "../../domain/search/decide.ts"
import { nextIndex } from "../../domain/search/fork.ts"
import { pathTo } from "../../domain/search/path.ts"
import type { Search } from "../../domain/search/state.ts"
import type { InstructWork, Work } from "../../domain/search/work.ts"
import { fromLetters } from "../../domain/verdict.ts"
import { EventLog, type LogFailed } from "../../services/EventLog.ts"
import { instructionText } from "../../services/Instruct.ts"
import { evaluationOfParent } from "../../services/parentEvaluation.ts"
import { conclusionOf } from "../../services/Rank.ts"
import { programWritten } from "../../services/written.ts"

/**
 * What a run's past says that its next event has to be: nothing (`Free`: it comes from outside, as an answer or an
 * evaluation does), that it cannot be (`Impossible`), or the fields that follow from it.
 */
export type Derivation =
  | { readonly _tag: "Free" }
  | { readonly _tag: "Impossible"; readonly reason: string }
  | { readonly _tag: "Derived"; readonly fields: object }

const free: Derivation = { _tag: "Free" }
const fields = (value: object): Derivation => ({ _tag: "Derived", fields: value })
const impossible = (reason: string): Derivation => ({ _tag: "Impossible", reason })

export const derive = (
  event: Event,
  search: Search,
  problem: Problem
): Effect.Effect<Derivation, LogFailed, EventLog> => {
  switch (event._tag) {
    case "CompletionRequested":
      return deriveRequest(event, search, problem)
    case "CompletionReceived":
    case "CompletionFailed":
      return Effect.succeed(deriveOutcome(event, search))
    case "ProgramWritten":
      return deriveProgram(event, search)
    case "ProgramEvaluated":
      return Effect.succeed(deriveEvaluation(event, search))
    case "InstructionWritten":
      return deriveInstruction(event, search, problem)
    case "GenerationRanked":
    case "SearchEnded":
    case "RunFinished":
      return Effect.succeed(deriveConclusion(event, search))
    case "HiddenScored": {
      const isDue = openSteps({ _tag: "Searching", search }).some(({ _tag }) => _tag === "ScoreHidden")
      if (!isDue) return Effect.succeed(impossible("the search has not ended"))
      const passed = fromLetters(event.verdicts)?.filter((verdict) => verdict === "Passed").length
      return Effect.succeed(fields({ node: search.best?.node, total: search.hidden?.cases, passed }))
    }
    case "RunForked":
      return Effect.succeed(deriveFork(event, search, problem))
    case "RunStarted":
    case "RunResumed":
    case "RunInterrupted":
      return Effect.succeed(free)
  }
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
  problem: Problem
): Effect.Effect<Derivation, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const { place, role, index } = event
    const work = openSteps({ _tag: "Searching", search }).find((step) => placeOf(step) === place)
    if (work === undefined) {
      // Handed out before a solution with a smaller index was known, and on its way to the disk since: surplus.
      const isLate = search.ended === undefined && index > (search.stopIndex ?? Number.POSITIVE_INFINITY)
      return isLate
        ? fields({ callKey: callKeyOf(place, role) })
        : impossible(`nothing is to be asked for ${place}`)
    }
    const request = yield* requestFor(work, search, problem)
    if (request === undefined || !("attempts" in work))
      return impossible(`no model is to be asked for ${place}`)
    if (work.answer !== undefined) return impossible(`${place} has its answer already`)
    const { model, temperature, system, user } = request
    return fields({
      callKey: callKeyOf(place, request.role),
      index: work.index,
      role: request.role,
      attempt: work.attempts + 1,
      requestHash: requestHash(request),
      request: { model, temperature, system: system.map(sha256), user: user.map(sha256) }
    })
  })

const roles = { Draft: "draft", Instruct: "explain", Debug: "repair" } as const

/** What came of the last attempt at a call. */
const deriveOutcome = (event: CompletionReceived | CompletionFailed, search: Search): Derivation => {
  const call = Option.getOrUndefined(HashMap.get(search.calls, event.callKey))
  if (call === undefined) return impossible("its call was never made")
  if (call.answer !== undefined) return impossible("its call has been answered before")
  const { attempts: attempt, requestHash, tag } = call
  const callKey = callKeyOf(event.place, roles[tag])
  return fields(
    event._tag === "CompletionReceived" ? { callKey, attempt, requestHash } : { callKey, attempt }
  )
}

const placeOf = (work: Work): string | undefined =>
  work._tag === "Draft" || work._tag === "Debug"
    ? work.node
    : work._tag === "Instruct"
      ? work.instruction
      : undefined

/** The request of a step; undefined for one that asks nobody. */
const requestFor = (
  work: Work,
  { settings }: Search,
  problem: Problem
): Effect.Effect<ModelRequest | undefined, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    switch (work._tag) {
      case "Draft":
        return draftRequest(settings, problem, work.ordinal)
      case "Debug": {
        const program = work.parent.program === null ? null : yield* log.text(work.parent.program)
        return repairRequest(settings, problem, program, yield* log.text(work.instruction), work.ordinal)
      }
      case "Instruct": {
        const { program } = work.parent
        if (program === null || settings.instructions === "static") return undefined
        const failure = failureText(yield* evaluationOfParent(log, work.parent), problem.validation)
        return explainRequest(settings, problem, yield* log.text(program), failure, work.ordinal)
      }
      default:
        return undefined
    }
  })

const callAt = (search: Search, callKey: string) => Option.getOrUndefined(HashMap.get(search.calls, callKey))

const deriveProgram = (
  { node, program }: ProgramWritten,
  search: Search
): Effect.Effect<Derivation, LogFailed, EventLog> =>
  Effect.gen(function* () {
    // A program of the user's is the first node, and nobody is asked for it.
    if (search.start !== null && search.generation === 0) return fields({ index: 0, program: search.start })
    const call = callAt(search, callKeyOf(node, search.generation === 0 ? "draft" : "repair"))
    if (call?.answer === undefined) return impossible(`there is no answer for ${node}`)
    const { index } = call
    if (HashMap.has(search.members, index)) return impossible(`program ${index} is there already`)
    const text = yield* (yield* EventLog).text(call.answer)
    const { event } = programWritten(search.settings.language, { node, index }, text)
    return fields({
      node,
      index,
      program: event.program,
      ...(program === null ? { reason: event.reason } : {})
    })
  })

const deriveEvaluation = (event: ProgramEvaluated, search: Search): Derivation => {
  const { index, node } = event
  const member = Option.getOrUndefined(HashMap.get(search.members, index))
  if (member === undefined || member.node !== node)
    return impossible(`there is no program ${index} at ${node}`)
  if (member.judged !== undefined) return impossible(`program ${index} is judged already`)
  const known =
    member.program === null
      ? undefined
      : Option.getOrUndefined(HashMap.get(search.evaluations, member.program))
  const isNone = event.source === "none"
  if (isNone !== (member.program === null) || (event.source === "same" && known === undefined))
    return impossible(`there was no evaluation from ${JSON.stringify(event.source)}`)
  const judged = evaluationFrom(event, { ms: [], memoryBytes: [], failures: [] })
  if (judged === undefined) return impossible("its verdicts are not known")
  // The verdicts come from outside; but one text has one evaluation in a run.
  return fields({
    program: member.program,
    ...columnsOf(judged),
    total: search.problem.cases,
    ...(known === undefined
      ? {}
      : { verdicts: known.verdicts, partial: known.partial, details: known.details })
  })
}

const deriveInstruction = (
  { instruction }: InstructionWritten,
  search: Search,
  problem: Problem
): Effect.Effect<Derivation, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const isDue = (step: Work): step is InstructWork =>
      step._tag === "Instruct" && step.instruction === instruction
    const work = openSteps({ _tag: "Searching", search }).find(isDue)
    // A search that has stopped before it leaves a late instruction without a step; it is surplus.
    if (work === undefined) return search.stopIndex === undefined ? impossible("no instruction is due") : free
    const { parent } = work
    if (parent.program === null)
      return fields({ index: work.index, source: "fixed", text: sha256(noProgramInstruction) })
    if (search.settings.instructions === "static") {
      const text = staticInstruction(yield* evaluationOfParent(log, parent), problem.validation)
      return fields({ index: work.index, source: "static", text: sha256(text) })
    }
    const answer = callAt(search, callKeyOf(instruction, "explain"))?.answer
    if (answer === undefined) return impossible(`there is no answer for ${instruction}`)
    const text = instructionText(yield* log.text(answer))
    return fields({ index: work.index, source: "model", text: sha256(text) })
  })

const conclusions = { GenerationRanked: "Rank", SearchEnded: "End", RunFinished: "Finish" } as const

const deriveConclusion = (
  event: Event & { readonly _tag: keyof typeof conclusions },
  search: Search
): Derivation => {
  for (const step of openSteps({ _tag: "Searching", search })) {
    if (step._tag !== conclusions[event._tag]) continue
    if (step._tag !== "Rank" && step._tag !== "End" && step._tag !== "Finish") continue
    const conclusion = conclusionOf(step, search)
    return conclusion === undefined ? impossible("no program is judged") : fields(conclusion)
  }
  return impossible(`it is not time for ${event._tag}`)
}
