import { Effect, Stream } from "effect"
import { languages } from "../../../domain/language.ts"
import type { TapeSource } from "../../../domain/tape/name.ts"
import type { LogFailed, LogRefused } from "../../EventLog.ts"
import type { ModelUse } from "../../LanguageModel.ts"
import type { RunSummary, RunUnknown } from "../../RunCatalogue.ts"
import type { Recordings, Tapes } from "../../Tapes.ts"
import { TapeUnfit } from "./TapeUnfit.ts"

/** What a tape is for. */
export type TapePurpose = Pick<ModelUse, "language" | "problem">

/** A run that a tape takes answers from. */
export interface TapedRun {
  readonly recordings: Recordings
  readonly summary: RunSummary
  /** The last position that counts. */
  readonly upTo: number
}

export type SourceError = LogRefused | LogFailed | RunUnknown | TapeUnfit

/**
 * Sources as they stand in settings, where they name the same recordings for ever: runs by their whole ids, those that may
 * go on up to where they are now, files up to their last run, and from the folder of the log at hand.
 */
export const settledSource = (
  tapes: typeof Tapes.Service,
  source: TapeSource,
  purpose: TapePurpose
): Effect.Effect<TapeSource, SourceError> =>
  Effect.gen(function* () {
    if (source.kind === "file") {
      const file = tapes.relative(source.file)
      const runs = yield* runsOf(tapes, { ...source, file }, purpose)
      return { kind: "file", file, last: runs.at(-1)!.summary.runId }
    }
    const file = source.file === null ? null : tapes.relative(source.file)
    const recordings = yield* tapes.open(file)
    const { runId, status } = yield* recordings.find(source.run)
    const isOver = status === "solved" || status === "unsolved"
    const position =
      isOver || source.position !== null
        ? source.position
        : yield* Stream.runFold(recordings.read(runId), 0, (_, { pos }) => pos)
    return { kind: "run", file, run: runId, position }
  })

/** The runs that a source names, oldest first; there is at least one. */
export const runsOf = (
  tapes: typeof Tapes.Service,
  source: TapeSource,
  purpose: TapePurpose
): Effect.Effect<ReadonlyArray<TapedRun>, SourceError> =>
  Effect.gen(function* () {
    const recordings = yield* tapes.open(source.file)
    if (source.kind === "run") {
      const summary = yield* recordings.find(source.run)
      const why = misfit(summary, purpose)
      if (why !== undefined) {
        return yield* new TapeUnfit({ reason: `run ${summary.runId} of ${recordings.file} ${why}` })
      }
      return [{ recordings, summary, upTo: source.position ?? Number.POSITIVE_INFINITY }]
    }
    const { last } = source
    const all = yield* recordings.list
    const runs = all
      .filter(({ status }) => status === "solved" || status === "unsolved")
      .filter((summary) => misfit(summary, purpose) === undefined)
      .filter(({ runId }) => last === null || runId <= last)
      .sort((left, right) => (left.runId < right.runId ? -1 : 1))
    if (runs.length > 0) {
      return runs.map((summary) => ({ recordings, summary, upTo: Number.POSITIVE_INFINITY }))
    }
    const { problem, language } = purpose
    return yield* new TapeUnfit({
      reason: `${recordings.file} has no finished run of ${problem.name} in ${languages[language].title}; it has ${held(all)}`
    })
  })

/** Why a run's answers are none to the problem at hand. */
const misfit = (run: RunSummary, { problem, language }: TapePurpose): string | undefined =>
  run.problem !== problem.name
    ? `is of the problem ${run.problem}, and the one at hand is ${problem.name}`
    : run.language !== language
      ? `has programs in ${titleOf(run.language)}, and ${languages[language].title} is asked for`
      : undefined

const titleOf = (language: string): string =>
  Object.entries(languages).find(([name]) => name === language)?.[1].title ?? language

/** How many kinds of runs are listed. */
const listed = 5

const held = (runs: ReadonlyArray<RunSummary>): string => {
  const kinds = [
    ...new Set(runs.map(({ problem, language, status }) => `${problem} in ${titleOf(language)} (${status})`))
  ]
  if (kinds.length === 0) return "none at all"
  return (
    kinds.slice(0, listed).join(", ") + (kinds.length > listed ? ` and ${kinds.length - listed} more` : "")
  )
}
