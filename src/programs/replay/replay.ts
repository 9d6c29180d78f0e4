import { Effect, Either, Stream } from "effect"
import type { Ref, RunStarted } from "../../domain/events.ts"
import type { RunId } from "../../domain/ids.ts"
import { hashCases, type Problem } from "../../domain/problem.ts"
import type { Rules } from "../../domain/rules.ts"
import { evolve } from "../../domain/search/evolve.ts"
import { notStarted, type RunState } from "../../domain/search/state.ts"
import { EventLog, type LogFailed, type Stored } from "../../services/EventLog.ts"
import { recordedProblem } from "../resume.ts"
import { type CallsCompared, callsCompared } from "./calls.ts"
import { type Cause, causesOf } from "./causes.ts"
import { otherRules } from "./comparable.ts"
import { type Course, makeCourse } from "./course.ts"
import { derive } from "./derive.ts"
import { type Divergence, divergenceFrom, impossible } from "./divergence.ts"
import { type Made, makeReading, TextsAtHand } from "./textsAtHand.ts"

/** A divergence with all that can be said about it. */
export interface Explained extends Divergence {
  /** What led to the recorded event, nearest first, back to the beginning of the run. */
  readonly causes: ReadonlyArray<Cause>
  /** The calls of the whole run next to those that follow; null where there is nothing to follow from. */
  readonly calls: CallsCompared | null
}

export interface Replayed {
  /** Events that are as they have to be. */
  readonly events: number
  readonly divergence: Explained | undefined
  /** The rules whose texts were taken as they are recorded, since the run was made with other versions of them. */
  readonly unchecked: ReadonlyArray<keyof Rules>
  /** The texts that were taken out of the log, and the positions that could not be checked for want of them. */
  readonly redacted: ReadonlyArray<Unchecked>
  /** The run after these events. */
  readonly state: RunState
}

/** An event that was taken as it is recorded, since a text that it follows from was taken out of the log. */
export interface Unchecked {
  readonly pos: number
  readonly ref: string
}

/**
 * Re-derives every decision of a run from its recorded answers and evaluations, in recorded order, and compares: the
 * requests, the programs taken from answers, the instructions, the rankings, the outcome and its digest. Asks
 * no model and runs no program. `until` is the last position that is looked at.
 */
export const replay = (
  runId: RunId,
  until = Number.POSITIVE_INFINITY
): Effect.Effect<Replayed, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const course = makeCourse()
    const texts = new TextsAtHand()
    /** The answers of a page at once. What cannot be had so is read when it is needed, and fails then. */
    const readAnswers = (page: Iterable<Stored>) =>
      Effect.gen(function* () {
        const answers: Array<Ref> = []
        for (const { event } of page) if (event._tag === "CompletionReceived") answers.push(event.answer)
        texts.putSoonNeeded(yield* Effect.orElseSucceed(log.texts(answers), () => new Map<Ref, string>()))
      })
    let state = notStarted
    let events = 0
    let problem: Problem | undefined
    let divergence: Divergence | undefined
    const unchecked = new Set<keyof Rules>()
    const redacted: Array<Unchecked> = []
    yield* Stream.runForEachWhile(Stream.chunks(log.read(runId)), (page) =>
      Effect.gen(function* () {
        yield* readAnswers(page)
        for (const stored of page) {
          const { event, pos } = stored
          if (pos > until) return false
          if (event._tag === "RunStarted") problem ??= yield* recordedProblem(event.problem.document)
          if (pos === events) {
            const before = state
            const make = () => compare(stored, before, problem, course, texts)
            const made = make()
            divergence = Either.isRight(made)
              ? made.right
              : yield* makeReading(log, texts, make).pipe(
                  Effect.catchIf(
                    (error) => error.redacted !== undefined,
                    ({ redacted: ref }) => Effect.sync(() => void redacted.push({ pos, ref: ref! }))
                  )
                )
            texts.trim()
          } else {
            divergence = impossible(stored, state, `position ${events} is missing`)
          }
          // What comes after a divergence says nothing.
          if (divergence !== undefined) return false
          if ("rules" in event) for (const name of otherRules(event.rules)) unchecked.add(name)
          state = evolve(state, stored)
          course.passed(stored)
          events += 1
        }
        return true
      })
    )
    const explained =
      divergence === undefined
        ? undefined
        : {
            ...divergence,
            causes: yield* causesOf(runId, divergence.pos),
            calls: problem === undefined ? null : yield* callsCompared(runId, events, state, problem)
          }
    return { events, divergence: explained, unchecked: [...unchecked], redacted, state }
  })

const compare = (
  stored: Stored,
  state: RunState,
  problem: Problem | undefined,
  course: Course,
  texts: TextsAtHand
): Made<Divergence | undefined> => {
  const { event } = stored
  if (state._tag === "NotStarted" || problem === undefined) {
    return Either.right(
      event._tag !== "RunStarted" || problem === undefined
        ? impossible(stored, state, "the run has not started")
        : startOf(stored, event, problem)
    )
  }
  if (event._tag === "RunStarted")
    return Either.right(impossible(stored, state, "the run has started already"))
  return Either.map(derive(event, state.search, problem, course, texts), (derivation) =>
    divergenceFrom(derivation, stored, state)
  )
}

/** What the beginning of a run says of its problem follows from the problem. */
const startOf = (stored: Stored, event: RunStarted, problem: Problem): Divergence | undefined => {
  const { name, validation, origin } = problem
  const state = evolve(notStarted, stored)
  if (state._tag === "NotStarted") return undefined
  const casesHash = hashCases(validation)
  const fields = { problem: { ...event.problem, name, casesHash, cases: validation.length, origin } }
  return divergenceFrom({ _tag: "Derived", fields, causes: [null] }, stored, state)
}
