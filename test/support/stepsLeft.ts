import type { Event, Recorded, RunStarted } from "../../src/domain/events.ts"
import {
  draftId,
  instructionId,
  instructionOf,
  type NodeId,
  ordinalOf,
  repairId
} from "../../src/domain/ids.ts"

/** The steps that are open after some events, told from the events alone: `Draft 3`, `Rank 7`. */
export const stepsLeft = (events: ReadonlyArray<Recorded>): ReadonlyArray<string> => {
  const all = events.map(({ event }) => event)
  const started = only(all, "RunStarted")[0]
  if (started === undefined || only(all, "RunFinished").length > 0) return []
  // A program of the user's comes with the beginning, and nobody is asked for it.
  if (started.start !== null && all.length === 1) return []
  const judged = new Map(only(all, "ProgramEvaluated").map((event) => [event.node, event]))
  const written = new Set(only(all, "ProgramWritten").map(({ node }) => node))
  const instructions = new Set(only(all, "InstructionWritten").map(({ instruction }) => instruction))
  const { first, places } = currentGeneration(started, all)
  const last = first + places.length - 1
  const solved = [...judged.values()]
    .filter(({ passed, total }) => passed === total)
    .map(({ index }) => index)
  const stop = Math.min(Number.POSITIVE_INFINITY, ...solved)
  const best = [...judged.values()].sort((a, b) => b.score - a.score || a.index - b.index)[0]
  if (only(all, "HiddenScored").length > 0) return [`Finish ${best?.index}`]
  if (only(all, "SearchEnded").length > 0) {
    return [started.hidden === null ? `Finish ${best?.index}` : `ScoreHidden ${best?.index}`]
  }
  const steps = new Set<string>()
  for (const [offset, node] of places.entries()) {
    const index = first + offset
    if (index > stop || judged.has(node)) continue
    const instruction = instructionOf(node)
    if (written.has(node)) steps.add(`Execute ${index}`)
    else if (instruction === undefined) steps.add(`Draft ${index}`)
    else if (instructions.has(instruction)) steps.add(`Debug ${index}`)
    else steps.add(`Instruct ${index - ordinalOf(node)}`)
  }
  if (steps.size > 0) return [...steps].sort()
  const isOver = Number.isFinite(stop) || last + 1 >= started.settings.maxPrograms
  return [isOver ? `End ${Math.min(stop, last)}` : `Rank ${last}`]
}

const currentGeneration = ({ settings, start }: RunStarted, events: ReadonlyArray<Event>) => {
  const drafts = start === null ? Math.min(settings.drafts, settings.maxPrograms) : 1
  let first = 0
  let places: ReadonlyArray<NodeId> = Array.from({ length: drafts }, (_, index) => draftId(index))
  for (const { survivors } of only(events, "GenerationRanked")) {
    first += places.length
    const wanted: Array<NodeId> = []
    for (const parent of survivors)
      for (let e = 0; e < settings.explanations; e++)
        for (let r = 0; r < settings.repairs; r++) wanted.push(repairId(instructionId(parent, e), r))
    places = wanted.slice(0, settings.maxPrograms - first)
  }
  return { first, places }
}

export const only = <Tag extends Event["_tag"]>(
  events: ReadonlyArray<Event>,
  tag: Tag
): ReadonlyArray<Extract<Event, { readonly _tag: Tag }>> =>
  events.filter((event): event is Extract<Event, { readonly _tag: Tag }> => event._tag === tag)
