import { Effect, Stream } from "effect"
import type { CompletionReceived, CompletionRequested } from "../../domain/events.ts"
import type { RunId } from "../../domain/ids.ts"
import type { Judged } from "../../domain/search/member.ts"
import { EventLog, type LogFailed } from "../../services/EventLog.ts"

/** What a log holds from a position on that a search cannot make itself. */
export interface Recordings {
  /** The last request of each call. */
  readonly requests: ReadonlyMap<string, CompletionRequested>
  readonly answers: ReadonlyMap<string, CompletionReceived>
  /** By program. */
  readonly evaluations: ReadonlyMap<string, Judged>
  /** Whether they go to the end of a search. */
  readonly isWhole: boolean
}

/** Reads them; a fork that comes later goes on elsewhere, and what lies behind it is left out. */
export const recordingsFrom = (runId: RunId, pos: number): Effect.Effect<Recordings, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const requests = new Map<string, CompletionRequested>()
    const answers = new Map<string, CompletionReceived>()
    const evaluations = new Map<string, Judged>()
    let isWhole = false
    yield* Stream.runForEachWhile(log.read(runId, pos), (stored) =>
      Effect.sync(() => {
        const { event } = stored
        switch (event._tag) {
          case "CompletionRequested":
            requests.set(event.callKey, event)
            return true
          case "CompletionReceived":
            answers.set(event.callKey, event)
            return true
          case "ProgramEvaluated": {
            const { program, verdicts, partial, score, passed, total, details } = event
            if (program !== null && !evaluations.has(program)) {
              evaluations.set(program, { verdicts, partial, score, passed, total, details })
            }
            return true
          }
          case "SearchEnded":
            isWhole = true
            return false
          case "RunForked":
            return stored.pos === pos
          default:
            return true
        }
      })
    )
    return { requests, answers, evaluations, isWhole }
  })
