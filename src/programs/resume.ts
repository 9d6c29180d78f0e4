import { type Duration, Effect, Schema, Stream } from "effect"
import type { RunId } from "../domain/ids.ts"
import { Problem } from "../domain/problem.ts"
import { rules } from "../domain/rules.ts"
import { evolve } from "../domain/search/evolve.ts"
import { notStarted, type RunState } from "../domain/search/state.ts"
import type { StepError } from "../services/Actor.ts"
import type { Critics } from "../services/Critics.ts"
import { EventLog, LogFailed } from "../services/EventLog.ts"
import type { Leases, RunHeld } from "../services/Leases.ts"
import type { Ring } from "../services/Ring.ts"
import { lastPosition } from "../services/RunContext.ts"
import type { Observer } from "./drive.ts"
import { conduct, type RunStopped } from "./solve/conduct.ts"
import { resultOf, type SolveResult } from "./solve/result.ts"
import { type CriticChanged, type CriticUntrusted, requireTrust, type Trust } from "./trust.ts"

const decodeProblem = Schema.decodeUnknown(Schema.parseJson(Problem))

/** A run as its log tells it, up to a position: the folded state and the position of the last event. */
export const foldRun = (
  runId: RunId,
  upTo = Number.POSITIVE_INFINITY
): Effect.Effect<{ readonly state: RunState; readonly pos: number }, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    let state: RunState = notStarted
    let last = -1
    yield* Stream.runForEachWhile(Stream.chunks(log.read(runId)), (events) =>
      Effect.sync(() => {
        for (const stored of events) {
          if (stored.pos > upTo) return false
          state = evolve(state, stored)
          last = stored.pos
        }
        return true
      })
    )
    return { state, pos: last }
  })

/** The problem as it was recorded when a run began. */
export const recordedProblem = (document: string): Effect.Effect<Problem, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const text = yield* (yield* EventLog).text(document)
    return yield* Effect.mapError(
      decodeProblem(text),
      (error) => new LogFailed({ file: "", doing: "reading a run's problem", reason: error.message })
    )
  })

/**
 * Goes on with a run that was left; the result of a finished run is given again.
 *
 * @param trust whether a critic that the log names may run
 */
export const resume = (
  runId: RunId,
  maxOutage: Duration.Duration,
  observe: Observer,
  trust: Trust = "refused"
): Effect.Effect<
  SolveResult,
  StepError | RunHeld | RunStopped | CriticUntrusted | CriticChanged,
  EventLog | Ring | Leases | Critics
> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const initial = yield* foldRun(runId)
    const { state } = initial
    if (state._tag === "NotStarted") {
      return yield* new LogFailed({ file: "", doing: "resuming a run", reason: `${runId} has no beginning` })
    }
    const problem = yield* recordedProblem(state.search.problem.document)
    if (state._tag === "Finished") return yield* resultOf(runId, problem.name, state.search)
    const judge = yield* requireTrust(runId, problem, trust)
    return yield* conduct({
      runId,
      settings: state.search.settings,
      problem,
      maxOutage,
      adopts: state.search.fork?.answers === "adopt",
      initial: { ...initial, isNew: false },
      start: ({ epoch }) =>
        Effect.map(
          log.append(runId, [{ event: { _tag: "RunResumed", epoch, rules, ...judge }, cause: null }], []),
          lastPosition
        ),
      observe
    })
  })
