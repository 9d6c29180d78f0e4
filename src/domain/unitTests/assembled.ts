import type { UnitTestsCheck } from "../check.ts"
import { missingBraces } from "./definitions.ts"
import { masked } from "./masked.ts"
import type { Sides } from "./sides.ts"
import type { Tested } from "./tested.ts"

/**
 * The two programs that run one test on a candidate. A candidate that does not define what the test calls is taken for
 * a continuation of the prompt, whose open braces are closed.
 */
export const assembled = (tested: Tested, check: UnitTestsCheck, candidate: string, test: string): Sides => {
  const program = candidate.replaceAll("\r\n", "\n")
  const tests = tested.tests(check, test)
  if (tested.defines(check, masked(program, tested.syntax)))
    return { program: tested.program(check, program), tests }
  const continued = tested.continued(check, program)
  const braces = missingBraces(masked(continued, tested.syntax))
  const whole = braces === "" ? continued : `${continued}\n${braces}`
  const before = tested.continued(check, "").split("\n").length - 1
  return { program: { ...tested.program(check, whole), before }, tests }
}
