import { Schema } from "effect"
import { RunForked, RunStarted } from "./beginnings.ts"
import { CriticFile } from "./check.ts"
import { Usage } from "./completion.ts"
import { InstructionId, NodeId, RunId } from "./ids.ts"
import { Ref } from "./ref.ts"
import { Rules } from "./rules.ts"
import { Taped, TapeUse } from "./tape/taped.ts"

export { ForkPoint, RunForked, RunStarted } from "./beginnings.ts"
export { Ref } from "./ref.ts"

const Count = Schema.NonNegativeInt
const CallKey = Schema.String
const Place = Schema.Union(NodeId, InstructionId)
const RoleName = Schema.Literal("draft", "explain", "repair")

/** A model is about to be asked; committed before the request leaves. */
export const CompletionRequested = Schema.TaggedStruct("CompletionRequested", {
  callKey: CallKey,
  place: Place,
  /** The index of the program that it is for; of the first repair, if it is for an instruction. */
  index: Count,
  role: RoleName,
  attempt: Count,
  requestHash: Schema.String,
  request: Schema.Struct({
    model: Schema.String,
    temperature: Schema.Finite,
    system: Schema.Array(Ref),
    user: Schema.Array(Ref)
  })
})
export type CompletionRequested = typeof CompletionRequested.Type

/** A model has answered; at most once per call key. */
export const CompletionReceived = Schema.TaggedStruct("CompletionReceived", {
  callKey: CallKey,
  place: Place,
  attempt: Count,
  requestHash: Schema.String,
  answer: Ref,
  usage: Schema.NullOr(Usage),
  finishReason: Schema.String,
  servedBy: Schema.NullOr(Schema.String),
  latencyMs: Schema.Finite,
  /** The ancestor from which a fork has taken the answer, which costs nothing then. */
  adoptedFrom: Schema.optionalWith(RunId, { exact: true }),
  /** How a tape came to the answer; from the tape itself it costs nothing, and `usage` is 0. */
  tape: Schema.optionalWith(Taped, { exact: true })
})
export type CompletionReceived = typeof CompletionReceived.Type

/** An attempt brought no answer: the endpoint's fault, not the program's. */
export const CompletionFailed = Schema.TaggedStruct("CompletionFailed", {
  callKey: CallKey,
  place: Place,
  attempt: Count,
  error: Schema.String,
  reason: Schema.String
})
export type CompletionFailed = typeof CompletionFailed.Type

/** A place of the tree has its program, or is known to have none (`program` null, with the reason). */
export const ProgramWritten = Schema.TaggedStruct("ProgramWritten", {
  node: NodeId,
  index: Count,
  program: Schema.NullOr(Ref),
  reason: Schema.NullOr(Schema.String)
})
export type ProgramWritten = typeof ProgramWritten.Type

/** A case's score where it is neither 0 nor 1: its number and the score. */
const Partial = Schema.Tuple(Count, Schema.Finite)

/** A program has been judged on every validation case. */
export const ProgramEvaluated = Schema.TaggedStruct("ProgramEvaluated", {
  node: NodeId,
  index: Count,
  program: Schema.NullOr(Ref),
  /** A letter per case, see `verdict.ts`. */
  verdicts: Schema.String,
  partial: Schema.Array(Partial),
  score: Schema.Finite,
  passed: Count,
  total: Count,
  /** Outputs, errors, times and memory of the cases. */
  details: Ref,
  /** `ran` in a sandbox, `same` text as another node of the run, from the `cache`, or `none` to run. */
  source: Schema.Literal("ran", "same", "cache", "none")
})
export type ProgramEvaluated = typeof ProgramEvaluated.Type

/** A generation is complete and its survivors are chosen, in order of selection. */
export const GenerationRanked = Schema.TaggedStruct("GenerationRanked", {
  generation: Count,
  survivors: Schema.Array(NodeId)
})
export type GenerationRanked = typeof GenerationRanked.Type

/** What a survivor's repairs shall mend. */
export const InstructionWritten = Schema.TaggedStruct("InstructionWritten", {
  instruction: InstructionId,
  /** The index of its first repair. */
  index: Count,
  text: Ref,
  /** By a `model`, from the failing case (`static`), or the `fixed` one for a place without a program. */
  source: Schema.Literal("model", "static", "fixed")
})
export type InstructionWritten = typeof InstructionWritten.Type

const Tally = Schema.Struct({ programs: Count, calls: Count, tokens: Usage })

export const Best = Schema.Struct({
  node: NodeId,
  index: Count,
  program: Schema.NullOr(Ref),
  score: Schema.Finite,
  passed: Count,
  total: Count
})
export type Best = typeof Best.Type

export const SearchStatus = Schema.Literal("solved", "unsolved")

/** The search is over: its outcome, what it used, what was paid beyond the stopping index, and its digest. */
export const SearchEnded = Schema.TaggedStruct("SearchEnded", {
  status: SearchStatus,
  generations: Count,
  best: Best,
  used: Tally,
  surplus: Tally,
  digest: Schema.String,
  /** Of a fork: what of `used` was inherited, and what of the rest was adopted from ancestors. */
  fork: Schema.optionalWith(
    Schema.Struct({ inherited: Tally, adopted: Schema.Struct({ calls: Count, tokens: Usage }) }),
    { exact: true }
  ),
  /** How tapes have answered, of the calls that are neither inherited nor surplus. */
  tape: Schema.optionalWith(TapeUse, { exact: true })
})
export type SearchEnded = typeof SearchEnded.Type

/** The best program has been scored on the hidden cases, once. */
export const HiddenScored = Schema.TaggedStruct("HiddenScored", {
  node: NodeId,
  verdicts: Schema.String,
  score: Schema.Finite,
  passed: Count,
  total: Count
})
export type HiddenScored = typeof HiddenScored.Type

/** Nothing is left to do. */
export const RunFinished = Schema.TaggedStruct("RunFinished", {
  status: SearchStatus
})
export type RunFinished = typeof RunFinished.Type

/** A process has taken up a run that another one left. */
export const RunResumed = Schema.TaggedStruct("RunResumed", {
  epoch: Count,
  /** The rules by which it goes on. */
  rules: Rules,
  /** What the critic's files are now, where they are not what the problem says, and that was found good. */
  critic: Schema.optionalWith(Schema.Array(CriticFile), { exact: true })
})
export type RunResumed = typeof RunResumed.Type

/** A process lets go of an unfinished run: by a signal, by `seidr stop`, or by a failure of the infrastructure. */
export const RunInterrupted = Schema.TaggedStruct("RunInterrupted", {
  by: Schema.Literal("signal", "stop", "failure"),
  reason: Schema.String
})
export type RunInterrupted = typeof RunInterrupted.Type

/** The closed union of everything that can happen in a run. */
export const Event = Schema.Union(
  RunStarted,
  RunForked,
  CompletionRequested,
  CompletionReceived,
  CompletionFailed,
  ProgramWritten,
  ProgramEvaluated,
  GenerationRanked,
  InstructionWritten,
  SearchEnded,
  HiddenScored,
  RunFinished,
  RunResumed,
  RunInterrupted
)
export type Event = typeof Event.Type

/** An event at its place in its run's log; positions count from 0 without a gap. */
export interface Recorded {
  readonly pos: number
  readonly event: Event
}
