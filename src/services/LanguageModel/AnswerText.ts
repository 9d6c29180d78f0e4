import type { Usage } from "../../domain/completion.ts"
import type { ModelAnswer } from "../LanguageModel.ts"

/** The longest answer that is kept, in UTF-16 code units; what is longer ends there, as `over_long`. */
export const maxAnswerLength = 2 ** 20

/** Collects an answer as it comes. Not for use by several fibers. */
export class AnswerText {
  private readonly pieces: Array<string> = []
  private length = 0

  /** Adds a piece; false when the answer has become too long, so that reading on is of no use. */
  add(piece: string): boolean {
    this.pieces.push(piece)
    this.length += piece.length
    return this.length <= maxAnswerLength
  }

  answer(finishReason: string, usage: Usage | undefined, servedBy: unknown): ModelAnswer {
    const text = this.pieces.join("")
    return {
      text: wellFormed(text.slice(0, maxAnswerLength)),
      usage,
      finishReason: text.length > maxAnswerLength ? "over_long" : finishReason,
      ...(typeof servedBy === "string" && servedBy !== "" ? { servedBy } : {})
    }
  }
}

/** An answer that holds nothing, for a reason that the endpoint gave. */
export const emptyAnswer = (finishReason: string): ModelAnswer => ({
  text: "",
  usage: undefined,
  finishReason
})

/** More tokens than any request has. Without a bound, a made-up count would make the sums of a run unwritable. */
const mostTokens = 1e9

/** Counts of tokens as a server gave them; undefined unless both are counts that can be true. */
export const usageOf = (read: unknown, written: unknown): Usage | undefined =>
  isCount(read) && isCount(written) ? { in: read, out: written } : undefined

/** Why a model stopped, in its server's word; a server that gives none has let it end by itself. */
export const reasonOf = (word: unknown): string =>
  typeof word === "string" && /^[\w. -]{1,40}$/.test(word) ? word : "stop"

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= mostTokens

/** Half of a surrogate pair has no UTF-8 form: what is hashed would not be what is stored. */
const wellFormed = (text: string): string => Buffer.from(text, "utf8").toString("utf8")
