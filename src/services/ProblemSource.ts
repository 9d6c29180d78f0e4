import { Context, type Effect, Schema } from "effect"
import type { Language } from "../domain/language.ts"
import type { Problem } from "../domain/problem.ts"

/** The problem is not known, or its file is not one: file, field, what was found and what was expected. */
export class ProblemInvalid extends Schema.TaggedError<ProblemInvalid>()("ProblemInvalid", {
  problem: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `problem ${JSON.stringify(this.problem)}: ${this.reason}`
  }
}

/** What a user asks for. The numbers cap data sets only; a problem file uses all its cases. */
export interface ProblemRequest {
  /** A built-in name, or the path of a problem file. */
  readonly problem: string
  readonly promptExamples: number
  readonly validExamples: number
  readonly testExamples: number
  readonly seed: number
  /** The folder with official data files, where there is one. */
  readonly data: string | undefined
}

export interface LoadedProblem {
  readonly problem: Problem
  /** The language that a problem file asks for, or that a data set's tests are in. */
  readonly language: Language | undefined
}

export interface ProblemSummary {
  readonly name: string
  readonly dataset: string
  readonly title: string
}

/** A data set whose problems are in a file of the data folder, each named by the set and its number. */
export interface DatasetSummary {
  readonly name: string
  readonly title: string
  readonly language: Language
  /** How many tasks it has as it was published. */
  readonly count: number
  /** Its file, below the data folder. */
  readonly file: string
}

/** Finds problems by name or file. It gives no hidden case: see `HiddenCases`. */
export class ProblemSource extends Context.Tag("seidr/ProblemSource")<
  ProblemSource,
  {
    readonly load: (request: ProblemRequest) => Effect.Effect<LoadedProblem, ProblemInvalid>
    readonly list: ReadonlyArray<ProblemSummary>
    readonly datasets: ReadonlyArray<DatasetSummary>
    /** The names of a data set's tasks; some can be told only with their file at hand. */
    readonly tasks: (
      dataset: DatasetSummary,
      data: string | undefined
    ) => Effect.Effect<ReadonlyArray<string>, ProblemInvalid>
  }
>() {}
