import { HashMap, Option, SortedMap } from "effect"
import { firstOpenIndex } from "./open.ts"
import type { RunState, Search } from "./state.ts"
import { type ActorName, actorNames, type ExecuteWork, type Work } from "./work.ts"

/** The steps that each actor has taken on and not finished, by `Step.order`. */
export type InFlight = Readonly<Record<ActorName, ReadonlyMap<number, Work>>>

/**
 * The next steps to hand out: for each actor the first possible ones, in order of index, as many as its inbox still
 * has room for (its credit). So no inbox ever overflows, and nobody ever waits to hand on work.
 *
 * Models are not asked far ahead of what is judged, since a solution makes all that lies beyond it surplus, and
 * surplus is paid for: a step that asks waits until its index is within `lookahead` inboxes of the first open one.
 *
 * A text that is being executed for one node is not executed for another at the same time: the other waits for the
 * verdict and shares it. The line under a search is drawn when all work, the cancelled too, has come to rest: what it
 * cost is known only then.
 */
export const decide = (state: RunState, inFlight: InFlight, capacity: number): ReadonlyArray<Work> => {
  if (state._tag !== "Searching") return []
  const admitted: Array<Work> = []
  const horizon = firstOpenIndex(state.search.open) + lookahead * capacity
  for (const name of actorNames) {
    const taken = inFlight[name]
    let credit = capacity - taken.size
    if (credit <= 0) continue
    const running = name === "Execute" ? programsOf(taken.values()) : undefined
    for (const [order, work] of state.search.open[name]) {
      if (credit === 0) break
      if (taken.has(order)) continue
      if (work._tag === "End" && !isQuiet(inFlight)) break
      if (work.index >= horizon) break
      if (work._tag !== "Execute") {
        admitted.push(work)
      } else {
        if (work.program !== null && running?.has(work.program)) continue
        if (work.program !== null) running?.add(work.program)
        admitted.push(withKnown(state.search, work))
      }
      credit -= 1
    }
  }
  return admitted
}

/** Whether a step that was handed out has lost its sense: a program with a smaller index has solved the problem. */
export const isCancelled = (state: RunState, work: Work): boolean =>
  state._tag === "Searching" && state.search.stopIndex !== undefined && work.index > state.search.stopIndex

/** Every step that is possible and not done. */
export const openSteps = (state: RunState): ReadonlyArray<Work> =>
  state._tag === "Searching"
    ? actorNames.flatMap((name) => [...SortedMap.values(state.search.open[name])])
    : []

/** One inbox of programs being executed while the next one is being written. */
const lookahead = 2

const isQuiet = (inFlight: InFlight): boolean => actorNames.every((name) => inFlight[name].size === 0)

const programsOf = (works: Iterable<Work>): Set<string> => {
  const programs = new Set<string>()
  for (const work of works) if (work._tag === "Execute" && work.program !== null) programs.add(work.program)
  return programs
}

const withKnown = (search: Search, work: ExecuteWork): ExecuteWork =>
  work.program === null
    ? work
    : { ...work, known: Option.getOrUndefined(HashMap.get(search.evaluations, work.program)) }
