import { depthOf, NodeId, parentOf } from "../domain/ids.ts"
import type { History } from "./history.ts"

/** A node of a run's tree; score and cases are null while it has no verdict. */
export interface TreeNode {
  readonly id: string
  readonly parent: string | null
  readonly generation: number
  readonly index: number
  readonly score: number | null
  readonly passed: number | null
  readonly total: number | null
}

/**
 * The places of a run that have a program or are known to have none, in order of index. What lies beyond the stopping
 * index is surplus, not tree.
 */
export const treeOf = ({ nodes, ended }: History): ReadonlyArray<TreeNode> =>
  [...nodes.values()]
    .filter(({ written }) => ended?.status !== "solved" || written.index <= ended.best.index)
    .sort((left, right) => left.written.index - right.written.index)
    .map(({ written: { node, index }, evaluated }) => ({
      id: node,
      parent: parentOf(node) ?? null,
      generation: depthOf(node),
      index,
      score: evaluated?.score ?? null,
      passed: evaluated?.passed ?? null,
      total: evaluated?.total ?? null
    }))

/** The same as text: a line per node, children under their parent. */
export const treeText = (history: History, mark: (node: TreeNode) => string): ReadonlyArray<string> => {
  const nodes = treeOf(history)
  const children = new Map<string | null, Array<TreeNode>>()
  for (const node of nodes) children.set(node.parent, [...(children.get(node.parent) ?? []), node])
  const lines: Array<string> = []
  const survivors = new Set(history.rankings.flatMap((ranking) => ranking.survivors))
  const walk = (node: TreeNode, indent: string, isLast: boolean) => {
    const isRoot = node.parent === null
    const branch = isRoot ? "" : isLast ? "└─ " : "├─ "
    const name = isRoot ? node.id : node.id.slice(node.parent!.length + 1)
    const verdicts = verdictText(history, node)
    lines.push(
      `${indent}${branch}${name}  ${mark(node)}  ${verdicts}${survivors.has(NodeId.make(node.id)) ? "  survivor" : ""}`
    )
    const below = children.get(node.id) ?? []
    const deeper = isRoot ? "" : isLast ? "   " : "│  "
    for (const [place, child] of below.entries()) walk(child, indent + deeper, place === below.length - 1)
  }
  for (const root of children.get(null) ?? []) walk(root, "", true)
  return lines
}

const verdictText = (history: History, { id }: TreeNode): string => {
  const evaluated = history.nodes.get(id)?.evaluated
  if (evaluated === undefined) return "not judged"
  const counts = new Map<string, number>()
  for (const letter of evaluated.verdicts) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  return [...counts].map(([letter, count]) => `${letter}${count}`).join(" ")
}
