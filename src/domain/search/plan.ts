import { draftId, type InstructionId, instructionId, type NodeId, repairId } from "../ids.ts"
import type { SearchSettings } from "../settings.ts"
import type { Parent } from "./member.ts"

/** How many instructions a survivor gets, and how many repairs an instruction. */
export type Layout = Pick<SearchSettings, "explanations" | "repairs">

/**
 * Places and indices of a generation. Generation 0 is the drafts; a later one lists, for each parent in order of
 * selection, its instructions, and for each instruction its repairs, depth first; the budget cuts the list.
 */
export const sizeOfGeneration = (
  settings: SearchSettings,
  first: number,
  parents: number,
  start: boolean
): number => {
  const wanted =
    first === 0 ? (start ? 1 : settings.drafts) : parents * settings.explanations * settings.repairs
  return Math.max(0, Math.min(wanted, settings.maxPrograms - first))
}

export interface PlannedInstruction {
  readonly instruction: InstructionId
  readonly parent: Parent
  readonly ordinal: number
  /** The index of its first repair. */
  readonly index: number
}

/** The instructions that a generation needs: all whose first repair is within the budget. */
export const plannedInstructions = (
  layout: Layout,
  first: number,
  size: number,
  parents: ReadonlyArray<Parent>
): ReadonlyArray<PlannedInstruction> => {
  const planned: Array<PlannedInstruction> = []
  for (const [rank, parent] of parents.entries()) {
    for (let ordinal = 0; ordinal < layout.explanations; ordinal++) {
      const index = first + (rank * layout.explanations + ordinal) * layout.repairs
      if (index >= first + size) return planned
      planned.push({ instruction: instructionId(parent.node, ordinal), parent, ordinal, index })
    }
  }
  return planned
}

/** The node with an index in a generation. */
export const nodeAt = (
  layout: Layout,
  generation: number,
  first: number,
  parents: ReadonlyArray<Parent>,
  index: number
): NodeId => {
  if (generation === 0) return draftId(index)
  const offset = index - first
  const perParent = layout.explanations * layout.repairs
  const parent = parents[Math.floor(offset / perParent)]!
  const within = offset % perParent
  return repairId(instructionId(parent.node, Math.floor(within / layout.repairs)), within % layout.repairs)
}
