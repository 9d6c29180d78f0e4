import { Effect, Option } from "effect"
import type { CompletionRequested, Ref } from "../../domain/events.ts"
import { sha256 } from "../../domain/hash.ts"
import type { NodeId } from "../../domain/ids.ts"
import type { Problem } from "../../domain/problem.ts"
import { callKeyOf } from "../../domain/search/callKey.ts"
import { evolve } from "../../domain/search/evolve.ts"
import type { RunState, Search } from "../../domain/search/state.ts"
import { actorNames, type Work } from "../../domain/search/work.ts"
import { EventLog } from "../../services/EventLog.ts"
import { consequencesOf, nothing } from "./consequences.ts"
import type { Recordings } from "./recordings.ts"
import { isAsking, placeOf, roles } from "./request.ts"
import { makeReading, TextsAtHand } from "./textsAtHand.ts"

/** A call to a model, by the place that it is for. */
export interface CallPlace {
  readonly place: CompletionRequested["place"]
  readonly role: CompletionRequested["role"]
}

/** A search that has gone as far as recordings carry it. */
export interface GoneOn {
  readonly search: Search
  /** The keys of the calls that it has made. */
  readonly made: ReadonlySet<string>
  readonly unanswered: ReadonlyArray<CallPlace>
  readonly unjudged: ReadonlyArray<NodeId>
}

/**
 * Goes on with a search from a position by what is recorded, always with the step of the smallest index, so that nothing is
 * asked for beyond a solution, until every step that is left needs what is not recorded.
 */
export const goOn = (
  search: Search,
  pos: number,
  problem: Problem,
  recordings: Recordings
): Effect.Effect<GoneOn, never, EventLog> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    // Those that follow are nowhere else: nobody has written them down.
    const added = new Map<Ref, string>()
    const texts = new TextsAtHand(added)
    let state: RunState = { _tag: "Searching", search }
    let next = pos
    let last = search
    const stuck = new Map<number, Work>()
    const made = new Set<string>()
    while (state._tag === "Searching") {
      const work = firstOf(state.search, stuck)
      if (work === undefined) break
      const { search: now } = state
      const consequences = yield* makeReading(
        log,
        texts,
        () => consequencesOf(work, now, problem, recordings, texts)
        // What would follow from a text that is not there is not known, as if nobody had answered.
      ).pipe(Effect.option)
      texts.trim()
      const { events, isDone, texts: written } = Option.getOrElse(consequences, () => nothing)
      const isCall = Option.isNone(consequences) || events[0]?._tag === "CompletionRequested"
      if (isCall && isAsking(work)) made.add(callKeyOf(placeOf(work), roles[work._tag]))
      if (!isDone) stuck.set(work.order, work)
      for (const text of written) added.set(sha256(text), text)
      for (const event of events) state = evolve(state, { pos: next++, event })
      if (state._tag !== "NotStarted") last = state.search
    }
    // A solution that was found since leaves nothing to be missed beyond it.
    const left = [...stuck.values()].filter(({ index }) => index <= (last.stopIndex ?? index))
    return {
      search: last,
      made,
      unanswered: left.flatMap((work) =>
        isAsking(work) ? [{ place: placeOf(work), role: roles[work._tag] }] : []
      ),
      unjudged: left.flatMap((work) => (work._tag === "Execute" ? [work.node] : []))
    }
  })

/** The possible step with the smallest order that is not stuck. */
const firstOf = ({ open }: Search, stuck: ReadonlyMap<number, Work>): Work | undefined => {
  let first: Work | undefined
  for (const name of actorNames) {
    for (const [order, work] of open[name]) {
      if (stuck.has(order)) continue
      if (first === undefined || order < first.order) first = work
      break
    }
  }
  return first
}
