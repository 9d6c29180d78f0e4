import { Schema } from "effect"

const Version = Schema.Int.pipe(Schema.positive())

/**
 * The versions of the code that makes texts of texts, by which a run's later steps follow from its earlier ones. A log
 * says which it was made with, so that it can still be replayed when they have changed: what another version made is
 * then taken as it was recorded.
 */
export const Rules = Schema.Struct({
  /** Requests to models, and the instructions that are made without one: everything in `prompts/`. */
  prompts: Version,
  /** What is taken for the program in an answer: `answer.ts` and everything in `answer/`. */
  extraction: Version
})
export type Rules = typeof Rules.Type

/** To be raised when a released version would have made another text of the same texts; a test notices. */
export const rules: Rules = { prompts: 2, extraction: 2 }
