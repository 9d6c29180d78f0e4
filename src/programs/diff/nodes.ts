import { instructionOf, NodeId } from "../../domain/ids.ts"
import type { Side } from "./side.ts"

/** In what a node can differ, in the order in which one follows from the other. */
export type Aspect = "instruction" | "request" | "answer" | "program" | "verdicts"

export interface NodesCompared {
  /** Nodes of each side, and those that both have. */
  readonly left: number
  readonly right: number
  readonly common: number
  /** Of the common ones: those with the same program. */
  readonly same: number
  /** The first node, by index, that is not the same on both sides; `in` says who has it. */
  readonly first: {
    readonly node: NodeId
    readonly in: "left" | "right" | "both"
    readonly differs: ReadonlyArray<Aspect>
  } | null
}

/** What is known of a node, by hashes: equal where the node is. */
const aspectsOf = ({ history }: Side, node: NodeId): Readonly<Record<Aspect, string | undefined>> => {
  const { written, evaluated } = history.nodes.get(node) ?? {}
  const instruction = instructionOf(node)
  return {
    instruction: instruction === undefined ? undefined : history.instructions.get(instruction)?.text,
    request: history.requests.get(node)?.requestHash,
    answer: history.answers.get(node)?.answer,
    program: written === undefined ? undefined : (written.program ?? "none"),
    verdicts: evaluated === undefined ? undefined : JSON.stringify([evaluated.verdicts, evaluated.partial])
  }
}

const order: ReadonlyArray<Aspect> = ["instruction", "request", "answer", "program", "verdicts"]

/** Compares two trees, node by node. */
export const compareNodes = (left: Side, right: Side): NodesCompared => {
  const [one, other] = [placesOf(left), placesOf(right)]
  const all = [...new Set([...one.keys(), ...other.keys()])].map((node) => ({
    node,
    index: Math.min(one.get(node) ?? Number.POSITIVE_INFINITY, other.get(node) ?? Number.POSITIVE_INFINITY)
  }))
  all.sort((a, b) => a.index - b.index)
  let common = 0
  let same = 0
  let first: NodesCompared["first"] = null
  for (const { node } of all) {
    if (!one.has(node) || !other.has(node)) {
      first ??= { node, in: one.has(node) ? "left" : "right", differs: [] }
      continue
    }
    common += 1
    const [ours, theirs] = [aspectsOf(left, node), aspectsOf(right, node)]
    if (ours.program === theirs.program) same += 1
    const differs = order.filter((aspect) => ours[aspect] !== theirs[aspect])
    if (differs.length > 0) first ??= { node, in: "both", differs }
  }
  return { left: one.size, right: other.size, common, same, first }
}

/** The nodes of a side with their indices. */
const placesOf = ({ tree }: Side): ReadonlyMap<NodeId, number> =>
  new Map(tree.map(({ id, index }) => [NodeId.make(id), index] as const))
