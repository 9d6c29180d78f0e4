import { Schema } from "effect"
import { Comparison } from "./comparison.ts"
import { canonicalJson, sha256 } from "./hash.ts"

/** One check by input and output: what the program reads on stdin, and what it has to print. */
export const Case = Schema.Struct({ input: Schema.String, output: Schema.String })
export type Case = typeof Case.Type

/** Where the cases come from, for the record: `file`, `official`, or `generated` by the built-in generator. */
export const Origin = Schema.Struct({
  dataset: Schema.String,
  edge: Schema.optionalWith(Schema.String, { exact: true }),
  random: Schema.optionalWith(Schema.String, { exact: true })
})
export type Origin = typeof Origin.Type

/**
 * What a search knows of its task. The hidden cases are not here: they sit behind the port `HiddenCases`, and only
 * the final scoring opens it.
 */
export const Problem = Schema.Struct({
  name: Schema.String,
  description: Schema.String,
  comparison: Comparison,
  /** How many of the validation cases, from the first on, the model is shown. */
  promptExamples: Schema.NonNegativeInt,
  /** The cases that drive the search; never empty. */
  validation: Schema.NonEmptyArray(Case),
  origin: Origin
})
export type Problem = typeof Problem.Type

/** The identity of a list of cases, whatever they are used for. */
export const hashCases = (cases: ReadonlyArray<Case>): string =>
  sha256(canonicalJson(cases.map(({ input, output }) => [input, output])))
