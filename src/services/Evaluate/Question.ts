import type { Check } from "../../domain/check.ts"
import type { Limits } from "../../domain/evaluation.ts"
import type { Language } from "../../domain/language.ts"
import type { Case } from "../../domain/problem.ts"

/** A program, and what it is judged by. */
export interface Question {
  readonly language: Language
  readonly program: string
  readonly cases: ReadonlyArray<Case>
  readonly check: Check
  readonly limits: Limits
}
