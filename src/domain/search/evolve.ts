import { HashMap, Option } from "effect"
import type {
  Event,
  InstructionWritten,
  ProgramEvaluated,
  ProgramWritten,
  Recorded,
  RunStarted
} from "../events.ts"
import type { NodeId } from "../ids.ts"
import { onFailed, onReceived, onRequested } from "./calls.ts"
import { chainGeneration, chainStart } from "./digest.ts"
import { forkSearch } from "./fork.ts"
import type { Judged, Parent } from "./member.ts"
import { addWork, nothingOpen, openWork, removeWork } from "./open.ts"
import { stepsOfGeneration } from "./path.ts"
import { nodeAt, sizeOfGeneration } from "./plan.ts"
import { settle } from "./settle.ts"
import type { RunState, Search } from "./state.ts"
import { draftStep, executeStep, finishStep, instructSteps, repairSteps, stepAfterEnd } from "./steps.ts"
import { addUsed, nothingUsed, tally } from "./tally.ts"

/**
 * The state after an event. It is total: an event that is out of place leaves the state as it is (that it is out of
 * place is for `replay` to say).
 */
export const evolve = (state: RunState, recorded: Recorded): RunState => {
  switch (state._tag) {
    case "NotStarted":
      return recorded.event._tag === "RunStarted"
        ? { _tag: "Searching", search: begin(recorded.event, recorded.pos) }
        : state
    case "Searching":
      return recorded.event._tag === "RunFinished"
        ? { _tag: "Finished", search: { ...state.search, open: nothingOpen } }
        : { _tag: "Searching", search: advance(state.search, recorded.event, recorded.pos) }
    case "Finished":
      return recorded.event._tag === "RunForked"
        ? { _tag: "Searching", search: forkSearch(state.search, recorded.event, recorded.pos) }
        : state
  }
}

const begin = (event: RunStarted, pos: number): Search => {
  const { settings, start } = event
  const size = sizeOfGeneration(settings, 0, 0, start !== null)
  const drafts = start === null ? Array.from({ length: size }, (_, index) => draftStep(index, pos)) : []
  return {
    problem: event.problem,
    hidden: event.hidden,
    start,
    settings,
    rules: event.rules,
    generation: 0,
    first: 0,
    size,
    parents: [],
    layout: settings,
    members: HashMap.empty(),
    instructions: HashMap.empty(),
    calls: HashMap.empty(),
    past: HashMap.empty(),
    judgedCount: 0,
    evaluations: HashMap.empty(),
    open: addWork(nothingOpen, drafts),
    stopIndex: undefined,
    best: undefined,
    used: nothingUsed,
    chain: chainStart(event),
    fork: undefined,
    ended: undefined,
    hiddenScored: undefined
  }
}

const advance = (search: Search, event: Event, pos: number): Search => {
  switch (event._tag) {
    case "RunForked":
      return forkSearch(search, event, pos)
    case "CompletionRequested":
      return onRequested(search, event)
    case "CompletionReceived":
      return onReceived(search, event)
    case "ProgramWritten":
      return onWritten(search, event, pos)
    case "ProgramEvaluated":
      return onEvaluated(search, event, pos)
    case "GenerationRanked":
      return event.generation === search.generation ? onRanked(search, event.survivors, pos) : search
    case "InstructionWritten":
      return onInstruction(search, event, pos)
    case "SearchEnded":
      return { ...search, ended: event, open: addWork(nothingOpen, [stepAfterEnd(search, pos)]) }
    case "HiddenScored":
      return { ...search, hiddenScored: event, open: addWork(nothingOpen, [finishStep(search, pos)]) }
    case "CompletionFailed":
      return onFailed(search, event)
    case "RunStarted":
    case "RunFinished":
    case "RunInterrupted":
      return search
    case "RunResumed":
      return { ...search, rules: event.rules }
  }
}

const isWithin = (search: Search, index: number): boolean =>
  index >= search.first && index < search.first + search.size

const onWritten = (search: Search, event: ProgramWritten, pos: number): Search => {
  const { layout, generation, first, parents } = search
  if (!isWithin(search, event.index) || HashMap.has(search.members, event.index)) return search
  if (nodeAt(layout, generation, first, parents, event.index) !== event.node) return search
  const { index, node, program } = event
  const open = removeWork(search.open, generation === 0 ? "Draft" : "Debug", index)
  const beyond = search.stopIndex !== undefined && index > search.stopIndex
  return {
    ...search,
    members: HashMap.set(search.members, index, { node, index, program, judged: undefined }),
    open: beyond ? open : addWork(open, [executeStep(node, index, program, pos)])
  }
}

const onEvaluated = (search: Search, event: ProgramEvaluated, pos: number): Search => {
  const member = Option.getOrUndefined(HashMap.get(search.members, event.index))
  if (member === undefined || member.node !== event.node || member.judged !== undefined) return search
  const { verdicts, partial, score, passed, total, details } = event
  const judged: Judged = { verdicts, partial, score, passed, total, details }
  const { index, node, program } = member
  const { best, stopIndex } = search
  const isBetter = best === undefined || score > best.score || (score === best.score && index < best.index)
  const isSolution = total > 0 && passed === total
  return settle(
    {
      ...search,
      members: HashMap.set(search.members, index, { ...member, judged }),
      judgedCount: search.judgedCount + 1,
      evaluations: program === null ? search.evaluations : HashMap.set(search.evaluations, program, judged),
      best: isBetter ? { node, index, program, score, passed, total } : best,
      stopIndex: isSolution && (stopIndex === undefined || index < stopIndex) ? index : stopIndex,
      open: removeWork(search.open, "Execute", index)
    },
    pos
  )
}

const onRanked = (search: Search, survivors: ReadonlyArray<NodeId>, pos: number): Search => {
  const { settings } = search
  if (openWork(search.open, "Rank", search.first + search.size - 1) === undefined) return search
  const parents = survivorsOf(search, survivors)
  const first = search.first + search.size
  const size = sizeOfGeneration(settings, first, parents.length, false)
  const instructs = instructSteps(settings, first, size, parents, pos)
  const next: Search = {
    ...search,
    generation: search.generation + 1,
    first,
    size,
    parents,
    layout: settings,
    members: HashMap.empty(),
    instructions: HashMap.empty(),
    calls: HashMap.empty(),
    past: HashMap.mutate(search.past, (past) => {
      for (const step of stepsOfGeneration(search)) HashMap.set(past, step.node, step)
    }),
    used: addUsed(search.used, tally(search)),
    chain: chainGeneration(search, first - 1, survivors),
    open: addWork(nothingOpen, instructs)
  }
  return instructs.length > 0 ? next : settle({ ...next, stopIndex: search.stopIndex ?? first - 1 }, pos)
}

const survivorsOf = (search: Search, survivors: ReadonlyArray<NodeId>): ReadonlyArray<Parent> => {
  const wanted = new Map<string, number>(survivors.map((node, rank) => [node, rank]))
  const parents: Array<Parent> = []
  for (const member of HashMap.values(search.members)) {
    const rank = wanted.get(member.node)
    if (rank === undefined || member.judged === undefined) continue
    parents[rank] = { node: member.node, program: member.program, judged: member.judged }
  }
  return parents.filter((parent) => parent !== undefined)
}

const onInstruction = (search: Search, event: InstructionWritten, pos: number): Search => {
  const work = openWork(search.open, "Instruct", event.index)
  if (work?._tag !== "Instruct" || work.instruction !== event.instruction) return search
  return {
    ...search,
    instructions: HashMap.set(search.instructions, event.instruction, event.text),
    open: addWork(
      removeWork(search.open, "Instruct", event.index),
      repairSteps(search, work.parent, event, pos)
    )
  }
}
