import { Effect, Stream } from "effect"
import { bestAfter, milestones } from "../../domain/curve.ts"
import { type Difference, differences } from "../../domain/difference.ts"
import type { NodeId, RunId } from "../../domain/ids.ts"
import type { Prices } from "../../domain/metrics/modelCost.ts"
import { EventLog, type LogFailed } from "../../services/EventLog.ts"
import type { History } from "../history.ts"
import { type Hunk, hunksOf } from "./hunks.ts"
import { type Aspect, compareNodes, type NodesCompared } from "./nodes.ts"
import { type Outcome, type Side, sideOf } from "./side.ts"

/** A node on one side, with its texts. */
export interface NodeTexts {
  readonly index: number
  readonly instruction: string | null
  readonly model: string | null
  readonly temperature: number | null
  readonly answer: string | null
  readonly program: string | null
  readonly score: number | null
  readonly verdicts: string | null
}

/** The first node that is not the same in two runs; `left` or `right` is null for who does not have it. */
export interface FirstDifference {
  readonly node: NodeId
  readonly differs: ReadonlyArray<Aspect>
  readonly left: NodeTexts | null
  readonly right: NodeTexts | null
  /** What leads from the left program to the right one; empty where either has none. */
  readonly hunks: ReadonlyArray<Hunk>
}

/** Two runs side by side. */
export interface RunDiff {
  /** Whether the settings, the trees and the outcomes are the same. */
  readonly same: boolean
  readonly left: RunId
  readonly right: RunId
  /** Problem, settings, rules and environment, as far as they differ. */
  readonly settings: ReadonlyArray<Difference>
  /** Events that both have by lineage: the positions from 0 on that are one and the same. */
  readonly shared: number
  readonly nodes: Omit<NodesCompared, "first">
  readonly first: FirstDifference | null
  readonly outcome: { readonly left: Outcome; readonly right: Outcome }
  /** The best score after so many programs of the tree, inherited ones among them; null beyond its end. */
  readonly curve: ReadonlyArray<{
    readonly programs: number
    readonly left: number | null
    readonly right: number | null
  }>
}

/**
 * Compares two runs of one log, related or not: what they were made with, what they share, the first node in which they
 * differ, and what they came to and cost at given prices. Undefined when one of them has no beginning.
 */
export const diff = (
  left: RunId,
  right: RunId,
  prices: Prices = new Map()
): Effect.Effect<RunDiff | undefined, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const one = yield* sideOf(left, prices)
    const other = yield* sideOf(right, prices)
    if (one === undefined || other === undefined) return undefined
    const settings = differences(madeWith(one.history), madeWith(other.history))
    const { first, ...nodes } = compareNodes(one, other)
    return {
      same:
        settings.length === 0 &&
        first === null &&
        differences(one.outcome, other.outcome).every(({ path }) => /^(surplus|cost|uncosted)\b/.test(path)),
      left,
      right,
      settings,
      shared: yield* sharedBy(left, right),
      nodes,
      first: first === null ? null : yield* textsOf(first, one, other),
      outcome: { left: one.outcome, right: other.outcome },
      curve: curveOf(one, other)
    }
  })

const madeWith = ({ started: { problem, hidden, start, settings, rules, environment } }: History) => ({
  problem,
  hidden: hidden === null ? null : { casesHash: hidden.casesHash, cases: hidden.cases },
  start,
  ...settings,
  rules,
  environment
})

/** The chain's hash stands for all that comes before: where it is the same, so is everything up to there. */
const sharedBy = (left: RunId, right: RunId): Effect.Effect<number, LogFailed, EventLog> =>
  Effect.flatMap(EventLog, (log) =>
    Stream.zip(log.read(left), log.read(right)).pipe(
      Stream.takeWhile(([one, other]) => one.hash === other.hash),
      Stream.runCount
    )
  )

const textsOf = (
  { node, differs }: NonNullable<NodesCompared["first"]>,
  left: Side,
  right: Side
): Effect.Effect<FirstDifference, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const one = yield* nodeTexts(left, node)
    const other = yield* nodeTexts(right, node)
    const [before, after] = [one?.program, other?.program]
    return {
      node,
      differs,
      left: one,
      right: other,
      hunks: typeof before === "string" && typeof after === "string" ? hunksOf(before, after) : []
    }
  })

const nodeTexts = (
  { history, tree }: Side,
  node: NodeId
): Effect.Effect<NodeTexts | null, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const place = tree.find(({ id }) => id === node)
    if (place === undefined) return null
    const log = yield* EventLog
    const text = (ref: string | null | undefined) => (ref == null ? Effect.succeed(null) : log.text(ref))
    const { written, evaluated } = history.nodes.get(node) ?? {}
    const request = history.requests.get(node)?.request
    const instruction = history.instructions.get(node.slice(0, Math.max(0, node.lastIndexOf("."))))
    return {
      index: place.index,
      instruction: yield* text(instruction?.text),
      model: request?.model ?? null,
      temperature: request?.temperature ?? null,
      answer: yield* text(history.answers.get(node)?.answer),
      program: yield* text(written?.program),
      score: evaluated?.score ?? null,
      verdicts: evaluated?.verdicts ?? null
    }
  })

const curveOf = (left: Side, right: Side): RunDiff["curve"] => {
  const [one, other] = [left, right].map(({ tree }) => bestAfter(tree.map(({ score }) => score)))
  const [ours, theirs] = [one ?? [], other ?? []]
  const counts = new Set([ours.length, theirs.length].flatMap(milestones))
  return [...counts]
    .sort((a, b) => a - b)
    .map((programs) => ({
      programs,
      left: ours[programs - 1] ?? null,
      right: theirs[programs - 1] ?? null
    }))
}
