import { Effect } from "effect"
import type { Usage } from "../../domain/completion.ts"
import type { RunId } from "../../domain/ids.ts"
import type { Prices } from "../../domain/metrics/modelCost.ts"
import type { RunState, Search } from "../../domain/search/state.ts"
import { addUsed, tally } from "../../domain/search/tally.ts"
import type { EventLog, LogFailed } from "../../services/EventLog.ts"
import { type History, historyOf } from "../history.ts"
import { foldRun } from "../resume.ts"
import { type TreeNode, treeOf } from "../tree.ts"
import { type Cost, costOfRun } from "./cost.ts"

/** What a run has come to. Counts are its own: what a fork has inherited is apart, and surplus too. */
export interface Outcome extends Cost {
  readonly status: "solved" | "unsolved" | "unfinished"
  readonly generations: number
  readonly best: {
    readonly node: string
    readonly score: number
    readonly passed: number
    readonly total: number
  } | null
  readonly hidden: { readonly passed: number; readonly total: number } | null
  readonly programs: number
  readonly calls: number
  readonly tokens: Usage
  readonly inherited: { readonly programs: number; readonly calls: number; readonly tokens: Usage } | null
  readonly surplus: { readonly programs: number; readonly calls: number; readonly tokens: Usage } | null
  readonly digest: string | null
}

/** A run to be compared. */
export interface Side {
  readonly runId: RunId
  readonly history: History
  /** In order of index. */
  readonly tree: ReadonlyArray<TreeNode>
  readonly outcome: Outcome
}

/** Reads a run; undefined when it has no beginning. */
export const sideOf = (runId: RunId, prices: Prices): Effect.Effect<Side | undefined, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const history = yield* historyOf(runId)
    const { state } = yield* foldRun(runId)
    if (history === undefined || state._tag === "NotStarted") return undefined
    const cost = yield* costOfRun(runId, prices)
    return { runId, history, tree: treeOf(history), outcome: outcomeOf(state, cost) }
  })

const outcomeOf = (state: Exclude<RunState, { readonly _tag: "NotStarted" }>, cost: Cost): Outcome => {
  const { search } = state
  const { ended, best, fork, generation, hiddenScored } = search
  const all = ended?.used ?? usedSoFar(search)
  const inherited = fork?.inherited ?? null
  return {
    status: ended?.status ?? "unfinished",
    generations: ended?.generations ?? generation + 1,
    best:
      best === undefined
        ? null
        : { node: best.node, score: best.score, passed: best.passed, total: best.total },
    hidden: hiddenScored === undefined ? null : { passed: hiddenScored.passed, total: hiddenScored.total },
    programs: all.programs - (inherited?.programs ?? 0),
    calls: all.calls - (inherited?.calls ?? 0),
    tokens: {
      in: all.tokens.in - (inherited?.tokens.in ?? 0),
      out: all.tokens.out - (inherited?.tokens.out ?? 0)
    },
    ...cost,
    inherited:
      inherited === null
        ? null
        : { programs: inherited.programs, calls: inherited.calls, tokens: inherited.tokens },
    surplus: ended?.surplus ?? null,
    digest: ended?.digest ?? null
  }
}

const usedSoFar = (search: Search) => ({
  ...addUsed(search.used, tally(search)),
  programs: search.judgedCount
})
