import type { Ref } from "../events.ts"
import type { InstructionId, NodeId, RunId } from "../ids.ts"
import type { Verdict } from "../verdict.ts"

/*
 * What an analyst asks about: the rows of the log's views `nodes`, `calls`, `cases` and `decisions`, in which a field
 * such as `programIndex` is the column `program_index`. Positions (`pos`) are those of the run's log, times (`at`) are
 * wall time in ms since 1970; null is what is not known yet, or does not apply. `runId` is the run in whose own log a
 * row is.
 */

/** A place of the tree that has a program, or is known to have none. */
export interface NodeRecord {
  readonly runId: RunId
  readonly node: NodeId
  /** The node that it repairs, and the instruction by which; null for a draft. */
  readonly parent: NodeId | null
  readonly instruction: InstructionId | null
  readonly generation: number
  readonly programIndex: number
  /** The program's text; null where there is none, for the `reason`. */
  readonly program: Ref | null
  readonly reason: string | null
  /** The mean over its cases, from 0 to 1. */
  readonly score: number | null
  readonly passed: number | null
  readonly total: number | null
  /** A letter per case. */
  readonly verdicts: string | null
  readonly source: "ran" | "same" | "cache" | "none" | null
  /** Outputs, errors, times and memory of its cases. */
  readonly details: Ref | null
  /** From 0, in order of selection; null for a place that did not survive, or was not ranked in this run. */
  readonly survivorRank: number | null
  /** Whether it lies beyond the stopping index: paid for, but not in the tree. */
  readonly surplus: boolean
  readonly writtenPos: number | null
  readonly writtenAt: number | null
  readonly judgedPos: number | null
  readonly judgedAt: number | null
}

/** A request to a model, with what became of it. */
export interface CallRecord {
  readonly runId: RunId
  readonly pos: number
  readonly callKey: string
  readonly place: NodeId | InstructionId
  readonly role: "draft" | "explain" | "repair"
  readonly programIndex: number
  readonly attempt: number
  readonly model: string
  readonly temperature: number
  readonly requestHash: string
  readonly askedAt: number
  /** `adopted`: a fork has it from an ancestor, for nothing; `open`: there was no answer and no failure. */
  readonly outcome: "answered" | "adopted" | "failed" | "open"
  readonly endedPos: number | null
  readonly endedAt: number | null
  readonly answer: Ref | null
  readonly tokensIn: number | null
  readonly tokensOut: number | null
  readonly finishReason: string | null
  readonly servedBy: string | null
  readonly latencyMs: number | null
  readonly adoptedFrom: RunId | null
  readonly error: string | null
  readonly reason: string | null
}

/** A verdict on a program by one case, numbered from 0. */
export interface CaseRecord {
  readonly runId: RunId
  readonly node: NodeId
  /** Null for hidden cases, which only the best program meets. */
  readonly programIndex: number | null
  readonly hidden: boolean
  readonly caseIndex: number
  readonly verdict: Verdict
  /** From 0 to 1; null for a hidden case that is not passed, of which the log keeps the verdict alone. */
  readonly score: number | null
  readonly pos: number
}

/** Something that the search decided: a survivor, an instruction, or that it is over. */
export interface DecisionRecord {
  readonly runId: RunId
  readonly pos: number
  readonly at: number
  readonly kind: "survivor" | "instruction" | "end"
  /** The one that was ranked, that of the instructed node, or the number of generations at the end. */
  readonly generation: number
  /** Of a survivor: its place in the order of selection, from 0. */
  readonly rank: number | null
  /** The survivor, the node that is to be repaired, or the best one. */
  readonly node: NodeId
  readonly instruction: InstructionId | null
  readonly programIndex: number | null
  /** Of an instruction: who wrote it; of an end: `solved` or `unsolved`. */
  readonly outcome: string | null
  /** Of an instruction: its text; of an end: the digest. */
  readonly text: string | null
}

export interface ReadModels {
  readonly nodes: ReadonlyArray<NodeRecord>
  readonly calls: ReadonlyArray<CallRecord>
  readonly cases: ReadonlyArray<CaseRecord>
  readonly decisions: ReadonlyArray<DecisionRecord>
}
