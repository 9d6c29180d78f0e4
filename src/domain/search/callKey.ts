import { hashOf } from "../hash.ts"
import { type InstructionId, type NodeId, ordinalOf } from "../ids.ts"
import type { Role } from "../request.ts"

/** `H(node, role, ordinal)`: the same place asks under the same key in every run. */
export const callKeyOf = (place: NodeId | InstructionId, role: Role): string =>
  hashOf(place, role, ordinalOf(place))

/** `H(run, call key)`: what an endpoint can recognise a repeated request by. */
export const idempotencyKeyOf = (runId: string, callKey: string): string => hashOf(runId, callKey)
