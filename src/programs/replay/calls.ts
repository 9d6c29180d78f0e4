import { Effect } from "effect"
import { depthOf, type InstructionId, type NodeId, nodeOf, type RunId } from "../../domain/ids.ts"
import type { Problem } from "../../domain/problem.ts"
import { nodeAt, plannedInstructions } from "../../domain/search/plan.ts"
import type { RunState, Search } from "../../domain/search/state.ts"
import type { EventLog, LogFailed } from "../../services/EventLog.ts"
import { type CallPlace, goOn } from "./goOn.ts"
import { recordingsFrom } from "./recordings.ts"

/** The calls of a log next to those that the search makes when it goes on with the answers that the log has. */
export interface CallsCompared {
  /** Made by the search, and without an answer to that request in the log. */
  readonly missing: ReadonlyArray<CallPlace>
  /** In the log, and never made by the search. */
  readonly extra: ReadonlyArray<CallPlace>
  /** Programs of the search that the log has no verdict on. */
  readonly unjudged: ReadonlyArray<NodeId>
  /** Calls of the log that lie behind those, so that nothing can be said about them. */
  readonly undecided: number
  /** Whether the log goes to the end of a search; else what is missing may only have been still to come. */
  readonly isWhole: boolean
}

/**
 * Goes on with a search from a position, with the answers and evaluations that its log has from there on, and compares
 * the calls that it makes with those that are recorded.
 */
export const callsCompared = (
  runId: RunId,
  pos: number,
  state: RunState,
  problem: Problem
): Effect.Effect<CallsCompared | null, LogFailed, EventLog> =>
  Effect.gen(function* () {
    if (state._tag !== "Searching") return null
    const recordings = yield* recordingsFrom(runId, pos)
    const { made, unanswered, unjudged, search } = yield* goOn(state.search, pos, problem, recordings)
    const isStuck = unanswered.length > 0 || unjudged.length > 0
    const extra: Array<CallPlace> = []
    let undecided = 0
    for (const { callKey, place, role, index } of recordings.requests.values()) {
      if (made.has(callKey)) continue
      const generation = generationOf(place)
      const isPlanned = generation === search.generation && isPlaceOf(search, place, index)
      // Beyond a solution, calls that were under way may be there or not: they are surplus.
      if (isPlanned && search.stopIndex !== undefined && index > search.stopIndex) continue
      if (isStuck && (isPlanned || generation > search.generation)) undecided += 1
      else extra.push({ place, role })
    }
    return { missing: unanswered, extra, unjudged, undecided, isWhole: recordings.isWhole }
  })

const isNode = (place: NodeId | InstructionId): place is NodeId => !/\.e\d+$/.test(place)

const generationOf = (place: NodeId | InstructionId): number =>
  isNode(place) ? depthOf(place) : depthOf(nodeOf(place)) + 1

/** Whether the current generation of a search has a place. */
const isPlaceOf = (
  { layout, generation, first, size, parents }: Search,
  place: NodeId | InstructionId,
  index: number
): boolean => {
  if (index < first || index >= first + size) return false
  return isNode(place)
    ? nodeAt(layout, generation, first, parents, index) === place
    : plannedInstructions(layout, first, size, parents).some(({ instruction }) => instruction === place)
}
