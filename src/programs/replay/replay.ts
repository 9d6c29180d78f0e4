import { Effect, Stream } from "effect"
import type { Event } from "../../domain/events.ts"
import { canonicalJson } from "../../domain/hash.ts"
import type { RunId } from "../../domain/ids.ts"
import type { Problem } from "../../domain/problem.ts"
import type { Rules } from "../../domain/rules.ts"
import { evolve } from "../../domain/search/evolve.ts"
import { notStarted, type RunState } from "../../domain/search/state.ts"
import { EventLog, type LogFailed, type Stored } from "../../services/EventLog.ts"
import { recordedProblem } from "../resume.ts"
import { comparable, otherRules } from "./comparable.ts"
import { derive } from "./derive.ts"

/** Where a recorded run first differs from what its own past makes of it. */
export interface Divergence {
  readonly pos: number
  readonly recorded: Event
  /** The fields that should stand there; null when no such event should. */
  readonly derived: object | null
  readonly reason: string
}

export interface Replayed {
  readonly events: number
  readonly divergence: Divergence | undefined
  /** The rules whose texts were taken as they are recorded, since the run was made with other versions of them. */
  readonly unchecked: ReadonlyArray<keyof Rules>
  /** The texts that were taken out of the log, and the positions that could not be checked for want of them. */
  readonly redacted: ReadonlyArray<Unchecked>
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
 * no model and runs no program.
 */
export const replay = (runId: RunId): Effect.Effect<Replayed, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    let state = notStarted
    let events = 0
    let problem: Problem | undefined
    let divergence: Divergence | undefined
    const unchecked = new Set<keyof Rules>()
    const redacted: Array<Unchecked> = []
    yield* log.read(runId).pipe(
      // Event by event: a stream hands on whole pages, and what comes after a divergence says nothing.
      Stream.runForEachWhile((stored) =>
        Effect.gen(function* () {
          const { event, pos } = stored
          if (event._tag === "RunStarted") problem = yield* recordedProblem(event.problem.document)
          divergence =
            pos === events
              ? yield* compare(stored, state, problem).pipe(
                  Effect.catchIf(
                    (error) => error.redacted !== undefined,
                    ({ redacted: ref }) => Effect.sync(() => void redacted.push({ pos, ref: ref! }))
                  )
                )
              : missing(stored, events)
          if (divergence !== undefined) return false
          if ("rules" in event) for (const name of otherRules(event.rules)) unchecked.add(name)
          state = evolve(state, stored)
          events += 1
          return true
        })
      )
    )
    return { events, divergence, unchecked: [...unchecked], redacted, state }
  })

const missing = ({ pos, event }: Stored, expected: number): Divergence => ({
  pos,
  recorded: event,
  derived: null,
  reason: `position ${expected} is missing`
})

const compare = (
  { event, pos }: Stored,
  state: RunState,
  problem: Problem | undefined
): Effect.Effect<Divergence | undefined, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const diverged = (derived: object | null, reason: string): Divergence => ({
      pos,
      recorded: event,
      derived,
      reason
    })
    if (state._tag === "NotStarted" || problem === undefined) {
      return event._tag === "RunStarted" ? undefined : diverged(null, "the run has not started")
    }
    if (event._tag === "RunStarted") return diverged(null, "the run has started already")
    const derivation = yield* derive(event, state.search, problem)
    switch (derivation._tag) {
      case "Free":
        return undefined
      case "Impossible":
        return diverged(null, derivation.reason)
      case "Derived": {
        const derived = comparable(derivation.fields, event, state.search.rules)
        const differing = differingFields(derived, event)
        return differing.length === 0
          ? undefined
          : diverged(
              derived,
              `${differing.join(", ")} ${differing.length === 1 ? "is" : "are"} not what follows`
            )
      }
    }
  })

const differingFields = (derived: object, recorded: object): ReadonlyArray<string> => {
  const stands = new Map(Object.entries(recorded))
  return Object.entries(derived).flatMap(([name, value]) =>
    canonicalJson(value) === canonicalJson(stands.get(name)) ? [] : [name]
  )
}
