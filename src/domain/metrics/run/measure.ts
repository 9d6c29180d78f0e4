import { addUsage, noUsage, type Usage } from "../../completion.ts"
import { depthOf, instructionOf, parentOf } from "../../ids.ts"
import type { Verdict } from "../../verdict.ts"
import { duplicates } from "../duplicates.ts"
import { excessPrograms } from "../excessPrograms.ts"
import type { Prices } from "../modelCost.ts"
import { type Repair, type RepairCounts, repairSuccess } from "../repairSuccess.ts"
import { testPassRate } from "../testPassRate.ts"
import { type ModelBill, modelBills } from "./modelBills.ts"
import { type Progress, progressOf } from "./progress.ts"
import type { RecordedProgram, RunRecord } from "./record.ts"

/** Who wrote an instruction. */
export type InstructionWriter = "model" | "static" | "fixed"

/**
 * The figures of one run. Those of the effective tree count what a fork inherits, as its search does; those named `own`
 * do not, so that over a family of runs nothing is counted twice. Surplus is in the bills alone.
 */
export interface RunMeasures {
  /** Its best program passes every validation case. */
  readonly isFound: boolean
  /** It passes every hidden case too, if there are any. */
  readonly isSolved: boolean
  readonly testPassRate: number | null
  readonly bestScore: number
  /** Programs of the effective tree. */
  readonly programs: number
  readonly calls: number
  /** Null when a server did not count the tokens of every call. */
  readonly tokens: Usage | null
  /** What was asked for beyond the stopping index. */
  readonly surplus: { readonly programs: number; readonly calls: number }
  /** See `excessPrograms`. */
  readonly excess: number | null
  /** The generation of the first program that passes every validation case. */
  readonly generationOfSolution: number | null
  readonly progress: Progress
  readonly own: {
    readonly programs: number
    readonly passing: number
    /** Programs by generation, from 0 on. */
    readonly generations: ReadonlyArray<number>
    /** Programs that do not pass, by what failed them. */
    readonly failures: ReadonlyMap<Verdict, number>
    readonly duplicates: number
    readonly repairs: ReadonlyMap<InstructionWriter, RepairCounts>
    readonly bills: ReadonlyArray<ModelBill>
  }
  /** Drafts of the effective tree, and how many of them come before the first that passes. */
  readonly drafts: { readonly count: number; readonly excess: number | null }
}

/** The figures of a run that has ended; undefined for one that has not, of which they would only be lower bounds. */
export const measure = (record: RunRecord, prices: Prices): RunMeasures | undefined => {
  const { status, isFinished, hidden } = record
  if (!isFinished || status === null) return undefined
  const stop = record.programs.find(({ isPassing }) => isPassing)?.index ?? Number.POSITIVE_INFINITY
  const tree = record.programs.filter(({ index }) => index <= stop)
  const calls = record.calls.filter(({ index }) => index <= stop)
  const own = tree.filter(({ isOwn }) => isOwn)
  const isRepeated = duplicates(tree.map(({ program }) => program))
  const excess = excessIn(tree)
  const drafts = tree.filter(({ node }) => depthOf(node) === 0)
  const solution = excess === null ? undefined : tree[excess]
  const isFound = status === "solved"
  let tokens: Usage | null = noUsage
  for (const { usage } of calls) tokens = tokens === null || usage === null ? null : addUsage(tokens, usage)
  return {
    isFound,
    isSolved:
      isFound && (record.problem.hidden === null || (hidden !== null && hidden.passed === hidden.total)),
    testPassRate: testPassRate(hidden),
    bestScore: tree.reduce((best, { score }) => Math.max(best, score), 0),
    programs: tree.length,
    calls: calls.length,
    tokens,
    surplus: {
      programs: record.programs.length - tree.length,
      calls: record.calls.length - calls.length
    },
    excess,
    generationOfSolution: solution === undefined ? null : depthOf(solution.node),
    progress: progressOf(tree, calls, record.elapsedMs, prices),
    own: {
      programs: own.length,
      passing: own.filter(({ isPassing }) => isPassing).length,
      generations: generationsOf(own),
      failures: failuresOf(own),
      duplicates: tree.filter(({ isOwn }, place) => isOwn && isRepeated[place]).length,
      repairs: repairsOf(tree, record),
      bills: modelBills(record, stop, prices)
    },
    drafts: { count: drafts.length, excess: excessIn(drafts) }
  }
}

const excessIn = (programs: ReadonlyArray<RecordedProgram>): number | null =>
  excessPrograms(programs.map(({ isPassing }) => isPassing))

const generationsOf = (programs: ReadonlyArray<RecordedProgram>): ReadonlyArray<number> => {
  const counts: Array<number> = []
  for (const { node } of programs) {
    const generation = depthOf(node)
    while (counts.length <= generation) counts.push(0)
    counts[generation]! += 1
  }
  return counts
}

const failuresOf = (programs: ReadonlyArray<RecordedProgram>): ReadonlyMap<Verdict, number> => {
  const counts = new Map<Verdict, number>()
  for (const { failure } of programs)
    if (failure !== null) counts.set(failure, (counts.get(failure) ?? 0) + 1)
  return counts
}

const repairsOf = (
  tree: ReadonlyArray<RecordedProgram>,
  { instructions }: RunRecord
): ReadonlyMap<InstructionWriter, RepairCounts> => {
  const scores = new Map<string, number>(tree.map(({ node, score }) => [node, score]))
  const repairs = new Map<InstructionWriter, Array<Repair>>()
  for (const { node, score, isPassing, isOwn } of tree) {
    const instruction = instructionOf(node)
    const parentScore = scores.get(parentOf(node) ?? "")
    if (!isOwn || instruction === undefined || parentScore === undefined) continue
    const writer = instructions.get(instruction)
    if (writer === undefined) continue
    const list = repairs.get(writer) ?? []
    list.push({ instruction, parentScore, score, isPassing })
    repairs.set(writer, list)
  }
  return new Map([...repairs].map(([writer, list]) => [writer, repairSuccess(list)]))
}
