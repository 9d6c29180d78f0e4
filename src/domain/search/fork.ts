import { HashMap } from "effect"
import { addUsage } from "../completion.ts"
import type { Best, RunForked } from "../events.ts"
import { depthOf, type NodeId } from "../ids.ts"
import { useOf } from "../tape/taped.ts"
import { chainPath, chainSettings, chainStart } from "./digest.ts"
import { addWork, nothingOpen, pruneBeyond, unconcluded } from "./open.ts"
import { pathTo } from "./path.ts"
import { sizeOfGeneration } from "./plan.ts"
import { settle } from "./settle.ts"
import type { Call, Inherited, PathStep, Search, Used } from "./state.ts"
import { instructSteps } from "./steps.ts"
import { addUsed, nothingUsed, tally } from "./tally.ts"

/**
 * The search of a fork, from that of its parent at the inherited position. What cannot be (a node that is not there, a
 * budget below what is inherited) leaves the search as it is.
 */
export const forkSearch = (search: Search, event: RunForked, pos: number): Search =>
  event.at.kind === "node" ? atNode(search, event, event.at.node, pos) : atPosition(search, event, pos)

/** The first index that a fork does not inherit: places that have no program yet are its own. */
export const nextIndex = (search: Search): number => {
  let next = search.first
  for (const { index } of HashMap.values(search.members)) next = Math.max(next, index + 1)
  return next
}

/** Everything that was is there, and what was under way goes on under the new settings; an end is undone. */
const atPosition = (search: Search, { settings, rules, answers }: RunForked, pos: number): Search => {
  const next = nextIndex(search)
  if (settings.maxPrograms < next) return search
  const before = search.fork?.inherited
  const used = addUsed(search.used, tally(search, next - 1))
  const programs = before === undefined ? next : before.programs + next - before.next
  const size = Math.min(search.size, settings.maxPrograms - search.first)
  return settle(
    {
      ...search,
      settings,
      rules,
      size,
      chain: chainSettings(search.chain, search.settings, settings),
      fork: { inherited: { ...used, programs, next }, answers },
      ended: undefined,
      hiddenScored: undefined,
      open: pruneBeyond(unconcluded(search.open), search.first + size - 1)
    },
    pos
  )
}

/** Nothing but the path to one node is seen; its children have the next indices. */
const atNode = (search: Search, event: RunForked, node: NodeId, pos: number): Search => {
  const path = pathTo(search, node)
  const last = path?.at(-1)
  if (path === undefined || last === undefined) return search
  const { settings, rules, answers } = event
  const { problem, start, hidden } = search
  const first = last.index + 1
  if (settings.maxPrograms < first) return search
  const parents = [{ node, program: last.program, judged: last.judged }]
  const size = sizeOfGeneration(settings, first, parents.length, false)
  const inherited = inheritedBy(path, first)
  const solved = path.find(({ judged: { passed, total } }) => total > 0 && passed === total)
  return settle(
    {
      problem,
      hidden,
      start,
      settings,
      rules,
      generation: depthOf(node) + 1,
      first,
      size,
      parents,
      layout: settings,
      members: HashMap.empty(),
      instructions: HashMap.empty(),
      calls: HashMap.empty(),
      past: HashMap.fromIterable(path.map((step) => [step.node, step] as const)),
      judgedCount: path.length,
      evaluations: HashMap.fromIterable(
        path.flatMap(({ program, judged }) => (program === null ? [] : [[program, judged] as const]))
      ),
      open: addWork(nothingOpen, instructSteps(settings, first, size, parents, pos)),
      stopIndex: solved?.index,
      best: bestOf(path),
      used: inherited,
      chain: chainPath(chainStart({ problem, settings, start }), path),
      fork: { inherited, answers },
      ended: undefined,
      hiddenScored: undefined
    },
    pos
  )
}

const inheritedBy = (path: ReadonlyArray<PathStep>, next: number): Inherited => {
  let used: Used = nothingUsed
  for (const { calls } of path) for (const call of calls) used = addUsed(used, usedBy(call))
  return { ...used, programs: path.length, next }
}

const usedBy = (call: Call | undefined): Used =>
  call?.answer === undefined
    ? nothingUsed
    : {
        ...nothingUsed,
        calls: 1,
        tokens: call.usage === null ? nothingUsed.tokens : addUsage(nothingUsed.tokens, call.usage),
        tape: call.tape === undefined ? nothingUsed.tape : useOf(call.tape, call.wasMissing)
      }

const bestOf = (path: ReadonlyArray<PathStep>): Best | undefined => {
  let best: Best | undefined
  for (const { node, index, program, judged } of path) {
    const { score, passed, total } = judged
    if (best === undefined || score > best.score) best = { node, index, program, score, passed, total }
  }
  return best
}
