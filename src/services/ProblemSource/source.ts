import type { Effect } from "effect"
import type { Case } from "../../domain/problem.ts"
import type { LoadedProblem, ProblemInvalid, ProblemRequest, ProblemSummary } from "../ProblemSource.ts"

/** A place that problems come from: a data set, or the user's files. */
export interface Source {
  /** What is built in; a source of files has nothing to list. */
  readonly problems: ReadonlyArray<ProblemSummary>
  /** Whether a name is one of this source's. */
  readonly knows: (name: string) => Effect.Effect<boolean>
  readonly load: (request: ProblemRequest) => Effect.Effect<LoadedProblem, ProblemInvalid>
  /** Behind `HiddenCases` only. */
  readonly hidden: (request: ProblemRequest) => Effect.Effect<ReadonlyArray<Case>, ProblemInvalid>
  /** Behind `HiddenCases` only. */
  readonly edge: (request: ProblemRequest) => Effect.Effect<ReadonlyArray<Case>, ProblemInvalid>
}
