import { Schema } from "effect"
import type { UnitTestsCheck } from "../check.ts"

const Tests = Schema.NonEmptyArray(Schema.NonEmptyString)

/** One task of MBPP (Austin et al. 2021) as its file has it: what is used of it. */
export const Row = Schema.Struct({
  task_id: Schema.Int.pipe(Schema.positive()),
  text: Schema.NonEmptyString,
  code: Schema.NonEmptyString,
  test_list: Tests,
  test_setup_code: Schema.optionalWith(Schema.String, { default: () => "" }),
  challenge_test_list: Schema.optionalWith(Schema.Array(Schema.NonEmptyString), { default: () => [] })
})
export type Row = typeof Row.Type

/** One task of the part that its authors have gone through by hand, whose fields have other names. */
export const SanitizedRow = Schema.Struct({
  task_id: Schema.Int.pipe(Schema.positive()),
  prompt: Schema.NonEmptyString,
  code: Schema.NonEmptyString,
  test_list: Tests,
  test_imports: Schema.optionalWith(Schema.Array(Schema.String), { default: () => [] })
})
export type SanitizedRow = typeof SanitizedRow.Type

/** A task as the engine judges it. */
export interface Task {
  readonly id: number
  readonly description: string
  /** What `check.prompt` says of the tests depends on how many the model may see: see `promptOf`. */
  readonly check: Omit<UnitTestsCheck, "prompt">
  readonly tests: readonly [string, ...ReadonlyArray<string>]
  /** More tests, which the search does not see; often none. */
  readonly hidden: ReadonlyArray<string>
  /** The data set's own solution. */
  readonly reference: string
}
