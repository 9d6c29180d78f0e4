import type { UnitTestsCheck } from "../check.ts"
import { type Assembly, markOf } from "./assembly.ts"
import { missingBraces } from "./definitions.ts"
import { masked } from "./masked.ts"
import type { Tested } from "./tested.ts"

/**
 * The program that runs one test on a candidate. A candidate that does not define what the test calls is taken for a
 * continuation of the prompt, whose open braces are closed.
 */
export const assembled = (
  tested: Tested,
  check: UnitTestsCheck,
  candidate: string,
  test: string
): Assembly => {
  const mark = markOf(check, candidate, test)
  const program = candidate.replaceAll("\r\n", "\n")
  if (tested.defines(check, masked(program, tested.syntax)))
    return tested.assemble({ check, program, test, mark })
  const continued = tested.continued(check, program)
  const braces = missingBraces(masked(continued, tested.syntax))
  const whole = braces === "" ? continued : `${continued}\n${braces}`
  const before = tested.continued(check, "").split("\n").length - 1
  return { ...tested.assemble({ check, program: whole, test, mark }), before }
}
