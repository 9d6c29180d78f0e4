import { Schema } from "effect"
import type { UnitTestsCheck } from "../check.ts"
import type { Language } from "../language.ts"

/** One line of HumanEval's file, or of HumanEval-X's for a language: what is used of it. */
export const Row = Schema.Struct({
  task_id: Schema.NonEmptyString,
  prompt: Schema.String,
  canonical_solution: Schema.String,
  test: Schema.NonEmptyString,
  entry_point: Schema.optionalWith(Schema.NonEmptyString, { exact: true }),
  declaration: Schema.optionalWith(Schema.String, { exact: true }),
  import: Schema.optionalWith(Schema.String, { exact: true }),
  test_setup: Schema.optionalWith(Schema.String, { exact: true })
})
export type Row = typeof Row.Type

/** The languages of HumanEval-X. */
export const humanEvalLanguages = ["python", "cpp", "java", "javascript", "go", "rust"] as const
export type HumanEvalLanguage = (typeof humanEvalLanguages)[number]

/** Tasks in each file. */
export const taskCount = 164

/** A task as the engine judges it. */
export interface Task {
  readonly language: Language
  readonly check: UnitTestsCheck
  readonly tests: readonly [string, ...ReadonlyArray<string>]
  /** The data set's own solution, whole. */
  readonly reference: string
}
