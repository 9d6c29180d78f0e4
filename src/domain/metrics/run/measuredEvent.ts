import { Schema } from "effect"
import {
  CompletionFailed,
  CompletionReceived,
  CompletionRequested,
  HiddenScored,
  InstructionWritten,
  ProgramEvaluated,
  RunFinished,
  RunForked,
  RunInterrupted,
  RunResumed,
  RunStarted,
  SearchEnded
} from "../../events.ts"

/** What metrics need of a request: of its texts nothing. */
const Requested = Schema.Struct({
  ...CompletionRequested.pick("_tag", "callKey", "place", "index", "role").fields,
  request: Schema.Struct({ model: Schema.String })
})

const Evaluated = ProgramEvaluated.pick(
  "_tag",
  "node",
  "index",
  "program",
  "verdicts",
  "partial",
  "score",
  "passed",
  "total"
)

/**
 * The events that metrics follow from, with no more of them than is needed. The events of the log are of this form too,
 * so that both can be measured.
 */
export const MeasuredEvent = Schema.Union(
  RunStarted,
  RunForked,
  Requested,
  CompletionReceived.pick("_tag", "callKey", "usage", "adoptedFrom"),
  CompletionFailed.pick("_tag", "callKey"),
  Evaluated,
  InstructionWritten.pick("_tag", "instruction", "source"),
  SearchEnded.pick("_tag", "status", "digest", "best"),
  HiddenScored.pick("_tag", "passed", "total"),
  RunFinished,
  RunResumed.pick("_tag"),
  RunInterrupted.pick("_tag")
)
export type MeasuredEvent = typeof MeasuredEvent.Type

/** The events that a reader for metrics has to bring; of the others nothing follows. */
export const measuredTags: ReadonlyArray<MeasuredEvent["_tag"]> = [
  "RunStarted",
  "RunForked",
  "CompletionRequested",
  "CompletionReceived",
  "CompletionFailed",
  "ProgramEvaluated",
  "InstructionWritten",
  "SearchEnded",
  "HiddenScored",
  "RunFinished",
  "RunResumed",
  "RunInterrupted"
]
