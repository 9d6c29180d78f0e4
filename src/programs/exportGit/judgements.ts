import { Effect, Stream } from "effect"
import type { CompletionRequested, Ref } from "../../domain/events.ts"
import type { RunId } from "../../domain/ids.ts"
import type { Language } from "../../domain/language.ts"
import type { SearchSettings } from "../../domain/settings.ts"
import { EventLog } from "../../services/EventLog.ts"

/** A judged program of a run; its texts are still in the log. */
export interface Judgement {
  readonly index: number
  readonly node: string
  readonly problem: string
  readonly language: Language
  readonly program: Ref | null
  readonly prompt: ReadonlyArray<Ref>
  readonly score: number
  readonly passed: number
  readonly total: number
  readonly at: number
  readonly runId: RunId
}

/**
 * The judged programs of a run, and what its branch is named by. Of a fork only its own: what it inherits is its parent's.
 *
 * @param onlyNames whether only the beginning is wanted
 */
export const judgementsOf = Effect.fn("judgementsOf")(function* (runId: RunId, onlyNames = false) {
  const log = yield* EventLog
  let dataset = ""
  let problem = ""
  let settings: SearchSettings | undefined
  const asked = new Map<string, CompletionRequested>()
  const judgements: Array<Judgement> = []
  yield* Stream.runForEachWhile(log.read(runId), ({ at, event, runId: own }) =>
    Effect.sync(() => {
      switch (event._tag) {
        case "RunStarted":
          dataset = event.problem.origin.dataset
          problem = event.problem.name
          settings = event.settings
          break
        case "RunForked":
          settings = event.settings
          break
        case "CompletionRequested":
          asked.set(event.place, event)
          break
        case "ProgramEvaluated": {
          if (own !== runId || settings === undefined) break
          const request = asked.get(event.node)?.request
          judgements.push({
            index: event.index,
            node: event.node,
            problem,
            language: settings.language,
            program: event.program,
            prompt: request === undefined ? [] : [...request.system, ...request.user],
            score: event.score,
            passed: event.passed,
            total: event.total,
            at,
            runId
          })
          break
        }
        default:
          break
      }
      return !onlyNames || own !== runId
    })
  )
  return { dataset, judgements, settings }
})
