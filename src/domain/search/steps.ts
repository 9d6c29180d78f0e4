import type { InstructionWritten, Ref } from "../events.ts"
import { draftId, type NodeId, repairId } from "../ids.ts"
import type { Parent } from "./member.ts"
import { type Layout, plannedInstructions } from "./plan.ts"
import type { Search } from "./state.ts"
import { orderOf, type Work } from "./work.ts"

/** The steps that events make possible; `cause` is the event's position. */

const unasked = { attempts: 0, answer: undefined } as const

export const draftStep = (index: number, cause: number): Work => ({
  _tag: "Draft",
  node: draftId(index),
  ordinal: index,
  index,
  order: orderOf("Draft", index),
  cause,
  ...unasked
})

export const executeStep = (node: NodeId, index: number, program: Ref | null, cause: number): Work => ({
  _tag: "Execute",
  node,
  program,
  known: undefined,
  index,
  order: orderOf("Execute", index),
  cause
})

/** The instructions that a new generation begins with. */
export const instructSteps = (
  layout: Layout,
  first: number,
  size: number,
  parents: ReadonlyArray<Parent>,
  cause: number
): ReadonlyArray<Work> =>
  plannedInstructions(layout, first, size, parents).map(({ instruction, parent, ordinal, index }) => ({
    _tag: "Instruct",
    instruction,
    parent,
    ordinal,
    index,
    order: orderOf("Instruct", index),
    cause,
    ...unasked
  }))

/** The repairs by an instruction, as far as budget and stopping index reach. */
export const repairSteps = (
  search: Search,
  parent: Parent,
  { instruction, index: first, text }: InstructionWritten,
  cause: number
): ReadonlyArray<Work> => {
  const last = Math.min(search.stopIndex ?? Number.POSITIVE_INFINITY, search.first + search.size - 1)
  const count = Math.max(0, Math.min(search.layout.repairs, last - first + 1))
  return Array.from({ length: count }, (_, ordinal) => ({
    _tag: "Debug",
    node: repairId(instruction, ordinal),
    parent,
    instruction: text,
    ordinal,
    index: first + ordinal,
    order: orderOf("Debug", first + ordinal),
    cause,
    ...unasked
  }))
}

/** What comes when everything up to the stopping index is in: the end, or the ranking of the generation. */
export const concludingStep = (search: Search, cause: number): Work => {
  const { settings, stopIndex, generation } = search
  const last = search.first + search.size - 1
  const index = stopIndex ?? last
  return stopIndex !== undefined || last + 1 >= settings.maxPrograms
    ? { _tag: "End", index, order: orderOf("End", index), cause }
    : { _tag: "Rank", generation, index, order: orderOf("Rank", index), cause }
}

/** What comes after the end of a search: the hidden cases, where there are any. */
export const stepAfterEnd = (search: Search, cause: number): Work => {
  if (search.hidden === null || search.best === undefined) return finishStep(search, cause)
  const { index, node, program } = search.best
  return { _tag: "ScoreHidden", node, program, index, order: orderOf("ScoreHidden", index), cause }
}

export const finishStep = (search: Search, cause: number): Work => {
  const index = search.best?.index ?? 0
  return { _tag: "Finish", index, order: orderOf("Finish", index), cause }
}
