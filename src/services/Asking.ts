import { Context, Duration, Effect, Layer, Option } from "effect"
import type { CompletionFailed, CompletionReceived, CompletionRequested, Ref } from "../domain/events.ts"
import type { InstructionId, NodeId } from "../domain/ids.ts"
import { refOf } from "../domain/refs.ts"
import { type ModelRequest, requestHash } from "../domain/request.ts"
import { callKeyOf, idempotencyKeyOf } from "../domain/search/callKey.ts"
import type { DebugWork, DraftWork, InstructWork } from "../domain/search/work.ts"
import { type Entry, EventLog, type LogFailed } from "./EventLog.ts"
import { elapsedMs } from "./elapsed.ts"
import {
  LanguageModel,
  type ModelAnswer,
  type ModelCall,
  type ModelError,
  type ModelUnavailable
} from "./LanguageModel.ts"
import { lastPosition, type RunContext } from "./RunContext.ts"
import { traced } from "./traced.ts"

/**
 * An answer that nobody has acted on yet: its entries are to be appended together with what follows from it, so
 * that no crash can come between. They are empty when the answer was in the log already.
 */
export interface Answered {
  readonly text: string
  readonly cause: number
  readonly entries: ReadonlyArray<Entry>
  readonly texts: ReadonlyArray<string>
}

/** Who asks: a place of the tree, with what is recorded of its asking. */
export interface Asker {
  readonly place: NodeId | InstructionId
  readonly asked: Pick<DraftWork | DebugWork | InstructWork, "index" | "cause" | "attempts" | "answer">
  /** The program that it asks about, if there is one. */
  readonly program?: Ref | null
}

/**
 * Asks models so that nothing is bought twice: a request is committed before it leaves, a committed answer is never
 * asked for again, and attempts that fail are in the log.
 */
export class Asking extends Context.Tag("seidr/Asking")<
  Asking,
  {
    readonly ask: (
      run: RunContext,
      asker: Asker,
      request: ModelRequest
    ) => Effect.Effect<Answered, ModelError | LogFailed>
  }
>() {}

/** The pause (ms) after a failed attempt doubles from the first to the last of these. */
const [shortestPause, longestPause] = [250, 5_000]

/** @param slots requests that may be under way at the same time, over all runs. */
export const layer = (slots: number): Layer.Layer<Asking, never, LanguageModel | EventLog> =>
  Layer.effect(
    Asking,
    Effect.gen(function* () {
      const model = yield* LanguageModel
      const log = yield* EventLog
      const slot = yield* Effect.makeSemaphore(slots)

      /** Waiting has its price also where there is nothing to wait for. */
      const withSlot = <A, E>(asking: Effect.Effect<A, E>): Effect.Effect<A, E> =>
        Effect.flatMap(
          slot.withPermitsIfAvailable(1)(asking),
          Option.match({ onNone: () => slot.withPermits(1)(asking), onSome: Effect.succeed })
        )

      /** Tries until there is an answer, or until the endpoint has failed for `maxOutage`. */
      const persist = Effect.fnUntraced(function* (run: RunContext, asker: Asker, request: ModelRequest) {
        const { place, asked } = asker
        const callKey = callKeyOf(place, request.role)
        const hash = requestHash(request)
        let number = asked.attempts
        let failingSince: number | undefined
        for (let pause = shortestPause; ; pause = Math.min(2 * pause, longestPause)) {
          number += 1
          const call: ModelCall = {
            request,
            callKey,
            idempotencyKey: idempotencyKeyOf(run.runId, callKey),
            attempt: number,
            seed: run.settings.seed,
            asker: {
              place,
              program: asker.program ?? null,
              language: run.settings.language,
              problem: run.problem
            }
          }
          const requested = requestedEvent(asker, request, call, hash)
          const cause = lastPosition(
            yield* run.append(
              [{ event: requested, cause: asked.cause }],
              [...request.system, ...request.user]
            )
          )
          const began = yield* elapsedMs
          const outcome = yield* Effect.either(traced(model.complete(call), "Asking.attempt"))
          if (outcome._tag === "Right") {
            const latencyMs = Math.round((yield* elapsedMs) - began)
            return received(asker, call, hash, cause, { answer: outcome.right, latencyMs })
          }
          const error = outcome.left
          yield* run.append([{ event: failedEvent(asker, call, error), cause }], [])
          if (error._tag !== "ModelUnavailable") return yield* error
          // An endpoint that is silent fails for as long as it was waited for.
          failingSince ??= began
          const now = yield* elapsedMs
          const wait = Math.max(pause, error.retryAfterMs ?? 0)
          if (now + wait - failingSince > Duration.toMillis(run.maxOutage)) return yield* error
          yield* Effect.sleep(wait)
        }
      })

      /** Takes the answer of an ancestor to the same request at the same place, if there is one. */
      const adopt = Effect.fnUntraced(function* (run: RunContext, asker: Asker, request: ModelRequest) {
        const { place, asked } = asker
        const callKey = callKeyOf(place, request.role)
        const hash = requestHash(request)
        const found = yield* log.answerOfAncestor(run.runId, callKey, hash)
        if (found === undefined) return undefined
        const attempt = asked.attempts + 1
        const requested = requestedEvent(asker, request, { callKey, attempt }, hash)
        const cause = lastPosition(
          yield* run.append([{ event: requested, cause: asked.cause }], [...request.system, ...request.user])
        )
        const event: CompletionReceived = { ...found.answer, attempt, adoptedFrom: found.runId }
        const text = yield* log.text(event.answer)
        return { text, cause, entries: [{ event, cause }], texts: [] }
      })

      return {
        ask: (run, asker, request) => {
          if (asker.asked.answer !== undefined) {
            return recorded(log, asker.asked.answer, asker.asked.cause)
          }
          const asking = withSlot(persist(run, asker, request))
          if (!run.adopts) return asking
          return Effect.flatMap(adopt(run, asker, request), (adopted) =>
            adopted === undefined ? asking : Effect.succeed(adopted)
          )
        }
      }
    })
  )

const recorded = (
  log: typeof EventLog.Service,
  answer: Ref,
  cause: number
): Effect.Effect<Answered, LogFailed> =>
  Effect.map(log.text(answer), (text) => ({ text, cause, entries: [], texts: [] }))

const requestedEvent = (
  { place, asked }: Asker,
  request: ModelRequest,
  call: Pick<ModelCall, "callKey" | "attempt">,
  hash: string
): CompletionRequested => ({
  _tag: "CompletionRequested",
  callKey: call.callKey,
  place,
  index: asked.index,
  role: request.role,
  attempt: call.attempt,
  requestHash: hash,
  request: {
    model: request.model,
    temperature: request.temperature,
    system: request.system.map(refOf),
    user: request.user.map(refOf)
  }
})

const failedEvent = (
  { place }: Asker,
  { callKey, attempt }: ModelCall,
  error: Exclude<ModelError, never> | ModelUnavailable
): CompletionFailed => ({
  _tag: "CompletionFailed",
  callKey,
  place,
  attempt,
  error: error._tag,
  reason: error.message
})

const received = (
  { place }: Asker,
  { callKey, attempt }: ModelCall,
  hash: string,
  cause: number,
  { answer, latencyMs }: { readonly answer: ModelAnswer; readonly latencyMs: number }
): Answered => {
  const event: CompletionReceived = {
    _tag: "CompletionReceived",
    callKey,
    place,
    attempt,
    requestHash: hash,
    answer: refOf(answer.text),
    usage: answer.usage ?? null,
    finishReason: answer.finishReason,
    servedBy: answer.servedBy ?? null,
    latencyMs,
    ...(answer.tape === undefined ? {} : { tape: answer.tape })
  }
  return { text: answer.text, cause, entries: [{ event, cause }], texts: [answer.text] }
}
