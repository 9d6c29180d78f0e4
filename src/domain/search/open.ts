import { Number as Num, SortedMap } from "effect"
import type { Open } from "./state.ts"
import { type ActorName, actorNames, actorOf, orderOf, type Work } from "./work.ts"

type Queue = SortedMap.SortedMap<number, Work>

const emptyQueue: Queue = SortedMap.empty(Num.Order)

export const nothingOpen: Open = {
  Synthesize: emptyQueue,
  Execute: emptyQueue,
  Rank: emptyQueue,
  Instruct: emptyQueue,
  Debug: emptyQueue
}

export const isNothingOpen = (open: Open): boolean =>
  actorNames.every((name) => SortedMap.size(open[name]) === 0)

export const addWork = (open: Open, works: Iterable<Work>): Open => {
  const changed: { -readonly [Name in ActorName]: Queue } = { ...open }
  for (const work of works) {
    const name = actorOf(work)
    changed[name] = SortedMap.set(changed[name], work.order, work)
  }
  return changed
}

export const removeWork = (open: Open, tag: Work["_tag"], index: number): Open => {
  const name = actorOf({ _tag: tag } as Work)
  return { ...open, [name]: SortedMap.remove(open[name], orderOf(tag, index)) }
}

export const openWork = (open: Open, tag: Work["_tag"], index: number): Work | undefined => {
  const found = SortedMap.get(open[actorOf({ _tag: tag } as Work)], orderOf(tag, index))
  return found._tag === "Some" ? found.value : undefined
}

/** What is left when nothing beyond `stopIndex` matters any more. */
export const pruneBeyond = (open: Open, stopIndex: number): Open => {
  const kept: Array<Work> = []
  for (const name of actorNames) {
    for (const work of SortedMap.values(open[name])) {
      if (work.index > stopIndex) break
      kept.push(work)
    }
  }
  return addWork(nothingOpen, kept)
}

/** What is left without the steps that conclude a generation or a search. */
export const unconcluded = (open: Open): Open => ({
  ...open,
  Rank: emptyQueue,
  Execute: SortedMap.fromIterable(
    [...SortedMap.entries(open.Execute)].filter(([, work]) => work._tag !== "ScoreHidden"),
    Num.Order
  )
})

/** The smallest index for which something is left to do; infinite when nothing is. */
export const firstOpenIndex = (open: Open): number => {
  let first = Number.POSITIVE_INFINITY
  for (const name of actorNames) {
    const head = SortedMap.headOption(open[name])
    if (head._tag === "Some") first = Math.min(first, head.value[1].index)
  }
  return first
}
