import { hashOf } from "../hash.ts"
import { type InstructionId, type NodeId, ordinalOf } from "../ids.ts"
import type { Role } from "../request.ts"

/** Every step of a place needs its key again: the latest are kept. */
const known: Readonly<Record<Role, Map<string, string>>> = {
  draft: new Map(),
  explain: new Map(),
  repair: new Map()
}
const mostKnown = 4_096

/** `H(node, role, ordinal)`: the same place asks under the same key in every run. */
export const callKeyOf = (place: NodeId | InstructionId, role: Role): string => {
  const keys = known[role]
  const before = keys.get(place)
  if (before !== undefined) return before
  const key = hashOf(place, role, ordinalOf(place))
  if (keys.size >= mostKnown) keys.clear()
  keys.set(place, key)
  return key
}

/** `H(run, call key)`: what an endpoint can recognise a repeated request by. */
export const idempotencyKeyOf = (runId: string, callKey: string): string => hashOf(runId, callKey)
