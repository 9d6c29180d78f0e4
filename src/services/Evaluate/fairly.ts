import { Effect } from "effect"
import type { CaseResult, Limits } from "../../domain/evaluation.ts"
import { skipAfter, stopBeside } from "../Sandbox/fairness.ts"
import type { TalkJob } from "../Sandbox.ts"

/** What judges some of the cases, in their order, and adds what it finds; it ends early where the rest is to be skipped. */
export type Judging<E, R> = (
  room: TalkJob["room"],
  indices: ReadonlyArray<number>,
  found: Array<CaseResult>
) => Effect.Effect<void, E, R>

/** Judges so that the verdicts do not depend on load, as the sandbox does where lines are compared. */
export const judgedFairly = <E, R>(
  count: number,
  limits: Limits,
  judging: Judging<E, R>
): Effect.Effect<ReadonlyArray<CaseResult>, E, R> =>
  Effect.gen(function* () {
    const results: Array<CaseResult> = []
    while (results.length < count && !isHopeless(results)) {
      const sure = results.length
      yield* judging("one", range(sure, count), results)
      const doubtful = range(sure, results.length).filter((index) => isDoubtful(results[index]!, limits))
      for (const index of doubtful) {
        const again: Array<CaseResult> = []
        yield* judging("all", [index], again)
        results[index] = again[0] ?? results[index]!
      }
    }
    return [...results, ...range(results.length, count).map(() => skipped)]
  })

/** Whether so many cases at the end have broken the time limit that the rest is skipped. */
export const isHopeless = (results: ReadonlyArray<CaseResult>): boolean =>
  results.length >= skipAfter && results.slice(-skipAfter).every(({ verdict }) => verdict === "TimeLimit")

const isDoubtful = ({ ms, verdict }: CaseResult, limits: Limits): boolean =>
  verdict === "TimeLimit" && ms < stopBeside(limits)

const range = (from: number, to: number): ReadonlyArray<number> =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)

const skipped: CaseResult = { verdict: "Skipped", score: 0, ms: 0, memoryBytes: 0 }
