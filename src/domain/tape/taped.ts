import { Schema } from "effect"
import { addUsage, noUsage, Usage } from "../completion.ts"
import { InstructionId, NodeId, RunId } from "../ids.ts"

/**
 * How an answer on a tape fits a request: recorded at the same place for the same request (`exact`), for the same request
 * elsewhere (`request`), or resampled: one to the same request that a place beside this one has too (`again`), to the
 * same messages at another temperature (`messages`), about the same program in the same role (`program`), or in the same
 * role (`role`).
 */
export const TapeMatch = Schema.Literal("exact", "request", "again", "messages", "program", "role")
export type TapeMatch = typeof TapeMatch.Type

const From = Schema.Struct({
  match: TapeMatch,
  /** Where it was recorded. */
  run: RunId,
  place: Schema.Union(NodeId, InstructionId),
  /** The tokens that it took then. */
  usage: Schema.NullOr(Usage)
})

const Asked = Schema.Struct({
  match: Schema.Literal("asked"),
  /** The model that was asked, since nothing was recorded. */
  model: Schema.String
})

/** How a tape came to an answer. */
export const Taped = Schema.Union(From, Asked)
export type Taped = typeof Taped.Type

const Count = Schema.NonNegativeInt

/** How the calls of a search to tapes were answered. */
export const TapeUse = Schema.Struct({
  exact: Count,
  sameRequest: Count,
  resampled: Count,
  asked: Count,
  /** Those for which nothing was on the tape at first, so that the run ended there until it was gone on with. */
  missing: Count,
  /** What the answers from the tape took when they were recorded. */
  tokens: Usage
})
export type TapeUse = typeof TapeUse.Type

export const nothingTaped: TapeUse = {
  exact: 0,
  sameRequest: 0,
  resampled: 0,
  asked: 0,
  missing: 0,
  tokens: noUsage
}

const kinds = {
  exact: "exact",
  request: "sameRequest",
  again: "resampled",
  messages: "resampled",
  program: "resampled",
  role: "resampled",
  asked: "asked"
} as const

/** What one answer from a tape counts as. */
export const useOf = (taped: Taped, wasMissing: boolean): TapeUse => ({
  ...nothingTaped,
  [kinds[taped.match]]: 1,
  missing: wasMissing ? 1 : 0,
  tokens: taped.match === "asked" ? noUsage : (taped.usage ?? noUsage)
})

export const addTapeUse = (left: TapeUse, right: TapeUse): TapeUse => ({
  exact: left.exact + right.exact,
  sameRequest: left.sameRequest + right.sameRequest,
  resampled: left.resampled + right.resampled,
  asked: left.asked + right.asked,
  missing: left.missing + right.missing,
  tokens: addUsage(left.tokens, right.tokens)
})

/** What is used beyond a part of it. */
export const tapeUseBeyond = (all: TapeUse, part: TapeUse): TapeUse => ({
  exact: all.exact - part.exact,
  sameRequest: all.sameRequest - part.sameRequest,
  resampled: all.resampled - part.resampled,
  asked: all.asked - part.asked,
  missing: all.missing - part.missing,
  tokens: { in: all.tokens.in - part.tokens.in, out: all.tokens.out - part.tokens.out }
})
