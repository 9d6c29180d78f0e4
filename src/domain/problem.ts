import { Schema } from "effect"
import { Check } from "./check.ts"
import { canonicalJson, sha256 } from "./hash.ts"

/** One check by input and output: what the program reads on stdin, and what it has to print. */
export const IoCase = Schema.Struct({ input: Schema.String, output: Schema.String })
export type IoCase = typeof IoCase.Type

/** One check by a unit test: statements in the program's language that fail when the program is wrong. */
export const UnitTest = Schema.Struct({ test: Schema.String })
export type UnitTest = typeof UnitTest.Type

/** One check by a critic: what it is told beside the program, such as a seed or a level. */
export const Trial = Schema.Struct({ argument: Schema.String })
export type Trial = typeof Trial.Type

/** One check of a problem, of the kind that its `check` says. */
export const Case = Schema.Union(IoCase, UnitTest, Trial)
export type Case = typeof Case.Type

/** Those of the cases that are judged by input and output: all of a problem with that kind of check. */
export const ioCasesOf = (cases: ReadonlyArray<Case>): ReadonlyArray<IoCase> =>
  cases.filter((item): item is IoCase => "input" in item)

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
  check: Check,
  /** How many of the validation cases, from the first on, the model is shown. */
  promptExamples: Schema.NonNegativeInt,
  /** The cases that drive the search; never empty. */
  validation: Schema.NonEmptyArray(Case),
  origin: Origin
})
export type Problem = typeof Problem.Type

/** The identity of a list of cases, whatever they are used for. */
export const hashCases = (cases: ReadonlyArray<Case>): string => {
  const known = hashes.get(cases)
  if (known !== undefined) return known
  const hash = sha256(
    canonicalJson(cases.map((item) => ("input" in item ? [item.input, item.output] : { ...item })))
  )
  hashes.set(cases, hash)
  return hash
}

/** A search asks for the identity of one list with every program. */
const hashes = new WeakMap<ReadonlyArray<Case>, string>()
