import { HashMap, Option } from "effect"
import { instructionOf, type NodeId, parentOf } from "../ids.ts"
import { callKeyOf } from "./callKey.ts"
import type { Member } from "./member.ts"
import type { PathStep, Search } from "./state.ts"

/** The judged places of the current generation, each with what led to it. */
export const stepsOfGeneration = (search: Search): ReadonlyArray<PathStep> => {
  const steps: Array<PathStep> = []
  for (const member of HashMap.values(search.members)) {
    const step = stepOf(search, member)
    if (step !== undefined) steps.push(step)
  }
  return steps
}

/** The way from a draft to a judged node, both among them; undefined where a search knows no such node. */
export const pathTo = (search: Search, node: NodeId): ReadonlyArray<PathStep> | undefined => {
  const current = new Map(stepsOfGeneration(search).map((step) => [step.node, step]))
  const path: Array<PathStep> = []
  for (let place: NodeId | undefined = node; place !== undefined; place = parentOf(place)) {
    const step = current.get(place) ?? Option.getOrUndefined(HashMap.get(search.past, place))
    if (step === undefined) return undefined
    path.unshift(step)
  }
  return path
}

const stepOf = (search: Search, { node, index, program, judged }: Member): PathStep | undefined => {
  if (judged === undefined) return undefined
  const callAt = (key: string) => Option.getOrUndefined(HashMap.get(search.calls, key))
  const instruction = instructionOf(node)
  return instruction === undefined
    ? {
        node,
        index,
        program,
        judged,
        instruction: null,
        calls: [undefined, callAt(callKeyOf(node, "draft"))]
      }
    : {
        node,
        index,
        program,
        judged,
        instruction: Option.getOrNull(HashMap.get(search.instructions, instruction)),
        calls: [callAt(callKeyOf(instruction, "explain")), callAt(callKeyOf(node, "repair"))]
      }
}
