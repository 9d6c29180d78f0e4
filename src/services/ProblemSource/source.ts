import type { Effect } from "effect"
import type { Language } from "../../domain/language.ts"
import type { Case } from "../../domain/problem.ts"
import type {
  DatasetSummary,
  LoadedProblem,
  ProblemInvalid,
  ProblemRequest,
  ProblemSummary
} from "../ProblemSource.ts"
import type { Reference } from "../ReferencePrograms.ts"

/** A place that problems come from: a data set, or the user's files. */
export interface Source {
  /** What is built in; a source of files has nothing to list. */
  readonly problems: ReadonlyArray<ProblemSummary>
  /** Sets whose problems are in files of the data folder. */
  readonly datasets: ReadonlyArray<DatasetSummary>
  /** The names of the tasks of one of these sets. */
  readonly tasks: (
    dataset: string,
    data: string | undefined
  ) => Effect.Effect<ReadonlyArray<string>, ProblemInvalid>
  /** Whether a name is one of this source's. */
  readonly knows: (name: string) => Effect.Effect<boolean>
  readonly load: (request: ProblemRequest) => Effect.Effect<LoadedProblem, ProblemInvalid>
  /** Behind `HiddenCases` only. */
  readonly hidden: (request: ProblemRequest) => Effect.Effect<ReadonlyArray<Case>, ProblemInvalid>
  /** Behind `HiddenCases` only. */
  readonly edge: (request: ProblemRequest) => Effect.Effect<ReadonlyArray<Case>, ProblemInvalid>
  /** Behind `ReferencePrograms` only; undefined where there is none in the language. */
  readonly reference: (
    request: ProblemRequest,
    language: Language | undefined
  ) => Effect.Effect<Reference | undefined, ProblemInvalid>
}
