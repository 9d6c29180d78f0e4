import type { UnitTestsCheck } from "../check.ts"
import type { Form } from "./callText.ts"
import type { Syntax } from "./masked.ts"
import type { Side } from "./sides.ts"

/** What there is to know of a language in order to test a program in it by tests in that language. */
export interface Tested {
  readonly syntax: Syntax
  /** How its values pass between the processes. */
  readonly form: Form
  /** Whether a candidate, masked, defines what the tests call. */
  readonly defines: (check: UnitTestsCheck, code: string) => boolean
  /** A candidate that does not: what it was meant to continue, and then it. */
  readonly continued: (check: UnitTestsCheck, program: string) => string
  /** The candidate, whole, with what answers calls. */
  readonly program: (check: UnitTestsCheck, candidate: string) => Side
  /** The test, with what passes calls on to the candidate. Nothing of the candidate is in it. */
  readonly tests: (check: UnitTestsCheck, test: string) => Side
}
