import { bestSoFar, type Reached } from "../bestSoFar.ts"
import { costOf, type Prices } from "../modelCost.ts"
import type { RecordedCall, RecordedProgram } from "./record.ts"

/** What effort can be counted in: tokens are those read and written, cost is in the currency of the prices. */
export const efforts = ["programs", "calls", "tokens", "cost", "seconds"] as const
export type Effort = (typeof efforts)[number]

/** A rise of the best score; the last one of a run that has found a solution is `isPassing`. */
export interface Rise extends Reached {
  readonly isPassing: boolean
}

/** Over one kind of effort: how the best score rose, and how much was spent in all. */
export interface Curve {
  readonly rises: ReadonlyArray<Rise>
  readonly spent: number
}

/** Null over an effort that is not known. */
export type Progress = Readonly<Record<Effort, Curve | null>>

/**
 * How a run's best validation score rose. Programs count in order of index; calls, tokens and cost of a program are those
 * for it and all before it (an instruction's for the first repair by it), so that they do not depend on timing. What a
 * fork adopted costs nothing, but counts as calls and tokens. Time is when a verdict was committed.
 */
export const progressOf = (
  tree: ReadonlyArray<RecordedProgram>,
  calls: ReadonlyArray<RecordedCall>,
  elapsedMs: number,
  prices: Prices
): Progress => {
  const upTo = (amount: (call: RecordedCall) => number | null): Curve | null => {
    const spent = spentBy(tree, calls, amount)
    return spent === undefined ? null : curveOf(tree, (_, place) => spent[place]!)
  }
  const seconds = curveOf(tree, (program) => program.elapsedMs / 1_000)
  return {
    programs: curveOf(tree, (_, place) => place + 1),
    calls: upTo(() => 1),
    tokens: upTo(({ usage }) => (usage === null ? null : usage.in + usage.out)),
    cost: upTo((call) => (call.isAdopted ? 0 : costOf(call.model, call.usage, prices))),
    seconds: { ...seconds, spent: elapsedMs / 1_000 }
  }
}

/** The amount for each program of a tree and all calls before; undefined when that of one is not known. */
const spentBy = (
  tree: ReadonlyArray<RecordedProgram>,
  calls: ReadonlyArray<RecordedCall>,
  amount: (call: RecordedCall) => number | null
): ReadonlyArray<number> | undefined => {
  const sorted = [...calls].sort((left, right) => left.index - right.index)
  const spent: Array<number> = []
  let sum = 0
  let next = 0
  for (const { index } of tree) {
    for (; next < sorted.length && sorted[next]!.index <= index; next++) {
      const added = amount(sorted[next]!)
      if (added === null) return undefined
      sum += added
    }
    spent.push(sum)
  }
  return spent
}

const curveOf = (
  tree: ReadonlyArray<RecordedProgram>,
  effortOf: (program: RecordedProgram, place: number) => number
): Curve => {
  const points = tree.map((program, place) => ({
    at: effortOf(program, place),
    score: program.score,
    isPassing: program.isPassing
  }))
  return { rises: bestSoFar(points), spent: points.reduce((most, { at }) => Math.max(most, at), 0) }
}
