import { Schema } from "effect"

/** A place in a run's tree, written as its path: `d3`, `d3.e0.r1`. */
export const NodeId = Schema.String.pipe(Schema.pattern(/^d\d+(\.e\d+\.r\d+)*$/), Schema.brand("NodeId"))
export type NodeId = typeof NodeId.Type

/** A place of an instruction: the node that it is for, and its number there: `d3.e0`. */
export const InstructionId = Schema.String.pipe(
  Schema.pattern(/^d\d+(\.e\d+\.r\d+)*\.e\d+$/),
  Schema.brand("InstructionId")
)
export type InstructionId = typeof InstructionId.Type

/** The name of a run: 26 characters that sort by the time of its start (ULID). */
export const RunId = Schema.String.pipe(Schema.pattern(/^[0-9A-HJKMNP-TV-Z]{26}$/), Schema.brand("RunId"))
export type RunId = typeof RunId.Type

// Built from ids that are valid already: checking the pattern again would only cost time.
const asNode = (path: string): NodeId => path as NodeId
const asInstruction = (path: string): InstructionId => path as InstructionId

export const draftId = (number: number): NodeId => asNode(`d${number}`)

export const instructionId = (node: NodeId, number: number): InstructionId =>
  asInstruction(`${node}.e${number}`)

export const repairId = (instruction: InstructionId, number: number): NodeId =>
  asNode(`${instruction}.r${number}`)

/** The instruction by which a node was repaired; undefined for a draft. */
export const instructionOf = (node: NodeId): InstructionId | undefined => {
  const end = node.lastIndexOf(".")
  return end < 0 ? undefined : asInstruction(node.slice(0, end))
}

/** The node that an instruction is for. */
export const nodeOf = (instruction: InstructionId): NodeId =>
  asNode(instruction.slice(0, instruction.lastIndexOf(".")))

/** The program that a node repairs; undefined for a draft. */
export const parentOf = (node: NodeId): NodeId | undefined => {
  const instruction = instructionOf(node)
  return instruction === undefined ? undefined : nodeOf(instruction)
}

/** The number of repairs between a draft and a node: 0 for `d3`, 1 for `d3.e0.r1`. */
export const depthOf = (node: NodeId): number => (node.split(".").length - 1) / 2

/** The last number of a path: 3 for `d3`, 1 for `d3.e0.r1`, 0 for `d3.e0`. */
export const ordinalOf = (place: NodeId | InstructionId): number =>
  Number(place.slice(place.lastIndexOf(".") + 2))
