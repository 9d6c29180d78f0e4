import { Effect } from "effect"
import { ProblemSource } from "../../services/ProblemSource.ts"
import type { SolveOptions } from "../solve/options.ts"

/** Why the problems cannot be loaded that cannot be, by name. Each is looked at once, and nothing is drawn of it. */
export const unknownProblems = Effect.fn("unknownProblems")(function* (options: ReadonlyArray<SolveOptions>) {
  const source = yield* ProblemSource
  const faults = new Map<string, string>()
  const data = options[0]?.data
  for (const problem of new Set(options.map((one) => one.problem))) {
    const request = { problem, promptExamples: 1, validExamples: 1, testExamples: 0, seed: 0, data }
    yield* source
      .load(request)
      .pipe(Effect.catchAll(({ reason }) => Effect.sync(() => faults.set(problem, reason))))
  }
  return faults
})
