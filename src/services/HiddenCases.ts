import { Context, type Effect } from "effect"
import type { Case } from "../domain/problem.ts"
import type { ProblemInvalid, ProblemRequest } from "./ProblemSource.ts"

/**
 * The cases that no search may see. Only the start of a run (which seals them into the log), the final scoring and
 * `execute --set` know this port; `npm run check` fails on any other arrow.
 */
export class HiddenCases extends Context.Tag("seidr/HiddenCases")<
  HiddenCases,
  {
    /** The hidden set that belongs to a request; empty when the problem has none. */
    readonly hidden: (request: ProblemRequest) => Effect.Effect<ReadonlyArray<Case>, ProblemInvalid>
    /** Every edge case of a data set's problem; a problem file has none. */
    readonly edge: (request: ProblemRequest) => Effect.Effect<ReadonlyArray<Case>, ProblemInvalid>
  }
>() {}
