import { Schema } from "effect"
import { Comparison } from "./comparison.ts"
import { Language } from "./language.ts"

/** By input and output: what the program prints is compared, line by line. Its cases are `IoCase`s. */
export const LinesCheck = Schema.TaggedStruct("Lines", { comparison: Comparison })

/**
 * By unit tests, as in HumanEval: the program defines what the tests call, and they are in its language. Its cases
 * are `UnitTest`s.
 */
export const UnitTestsCheck = Schema.TaggedStruct("UnitTests", {
  language: Language,
  /** The name of what the tests call. */
  entryPoint: Schema.String,
  /** The beginning of a solution as the data set gives it: imports, helpers, signature, comment. */
  prompt: Schema.String,
  /** What has to stand before the program: imports and helpers that the tests or a solution may need. */
  prelude: Schema.String,
  /** What the tests need before each of them: their own imports, helpers and values. */
  setup: Schema.String
})
export type UnitTestsCheck = typeof UnitTestsCheck.Type

/** A file of a critic's, as it was. */
export const CriticFile = Schema.Struct({ path: Schema.String, sha256: Schema.String })
export type CriticFile = typeof CriticFile.Type

/**
 * By a critic: an executable of the user's that is given the program and says what it is worth. Its cases are
 * `Trial`s.
 */
export const CriticCheck = Schema.TaggedStruct("Critic", {
  /** The executable and its first arguments. */
  command: Schema.NonEmptyArray(Schema.String),
  /** How long one trial may take in all, in milliseconds. */
  timeMs: Schema.Int.pipe(Schema.positive()),
  /** Those words of the command that name a file, as it was when the problem was read. Older logs do not say. */
  files: Schema.optionalWith(Schema.Array(CriticFile), { exact: true })
})
export type CriticCheck = typeof CriticCheck.Type

/** How a problem judges programs. */
export const Check = Schema.Union(LinesCheck, UnitTestsCheck, CriticCheck)
export type Check = typeof Check.Type

/** A check by input and output. */
export const byLines = (comparison: Comparison): Check => ({ _tag: "Lines", comparison })
