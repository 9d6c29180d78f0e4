import { tasks } from "../../../src/domain/psb2/tasks.ts"

/** The problems whose programs are run: every fifth, or all of them with `npm run test:datasets`. */
export const chosen = [...tasks.values()].filter(
  (_, index) => process.env["SEIDR_TEST_PSB2"] === "all" || index % 5 === 0
)
