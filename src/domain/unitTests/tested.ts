import type { UnitTestsCheck } from "../check.ts"
import type { Assembly, Parts } from "./assembly.ts"
import type { Syntax } from "./masked.ts"

/** What there is to know of a language in order to test a program in it by code in the same process. */
export interface Tested {
  readonly syntax: Syntax
  /** Whether a candidate, masked, defines what the tests call. */
  readonly defines: (check: UnitTestsCheck, code: string) => boolean
  /** A candidate that does not: what it was meant to continue, and then it. */
  readonly continued: (check: UnitTestsCheck, program: string) => string
  readonly assemble: (parts: Parts) => Assembly
}
