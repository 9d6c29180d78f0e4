import { Effect } from "effect"
import { sha256 } from "../../domain/hash.ts"
import { findAnswer } from "../../domain/tape/find.ts"
import { isTape, parseTapeName, spelledTape, type TapeName } from "../../domain/tape/name.ts"
import type { RecordedAnswer, TapeRequest } from "../../domain/tape/tape.ts"
import type { TapeMatch } from "../../domain/tape/taped.ts"
import {
  LanguageModel,
  type ModelAdapter,
  type ModelAnswer,
  type ModelCall,
  ModelMisconfigured,
  ModelRefused,
  NotOnTape
} from "../LanguageModel.ts"
import { Tapes } from "../Tapes.ts"
import { maxAnswerLength, reasonOf, usageOf } from "./AnswerText.ts"
import { type LoadedTape, loadTape } from "./tape/load.ts"
import { type SourceError, settledSource, type TapePurpose } from "./tape/sources.ts"

/** Tapes that are kept in memory. */
const kept = 16
/** No server's name for a model is longer. */
const longestName = 200

/**
 * Answers from recordings, see `docs/tape.md`. What is not there is asked of `LanguageModel` where the tape's name says so.
 */
export const tape: Effect.Effect<ModelAdapter, never, Tapes | LanguageModel> = Effect.gen(function* () {
  const tapes = yield* Tapes
  const models = yield* LanguageModel
  const one = yield* Effect.makeSemaphore(1)
  const loaded = new Map<string, LoadedTape>()

  /** Loads a settled tape, unless it is at hand. */
  const load = Effect.fn("tape.load")(function* (model: string, { sources }: TapeName, purpose: TapePurpose) {
    const { language, problem } = purpose
    const key = JSON.stringify([
      spelledTape({ sources, onMiss: undefined }),
      language,
      problem.name,
      problem.description
    ])
    return yield* Effect.gen(function* () {
      const known = loaded.get(key)
      if (known !== undefined) return known
      const made = yield* Effect.mapError(loadTape(tapes, sources, purpose), (error) => refused(model, error))
      loaded.set(key, made)
      for (const oldest of loaded.keys()) if (loaded.size > kept) loaded.delete(oldest)
      return made
    }).pipe(one.withPermits(1))
  })

  const complete = Effect.fn("tape.complete")(function* (call: ModelCall) {
    const { request, asker, seed } = call
    const name = yield* named(request.model)
    const { onMiss } = name
    const at = yield* load(request.model, name, asker)
    const found = findAnswer(at.tape, requestOf(call), seed, onMiss?.kind === "resample")
    if (found !== undefined) return yield* taken(request.model, at, found.answer, found.match)
    if (onMiss?.kind !== "ask") return yield* missing(call, onMiss?.kind === "resample")
    const answer = yield* models.complete({ ...call, request: { ...request, model: onMiss.model } })
    return { ...answer, tape: { match: "asked" as const, model: onMiss.model } }
  })

  return {
    batch: 1,
    exampleName: "RUN",
    roleModel: Effect.fn("tape.roleModel")(function* (model, use) {
      const { sources, onMiss } = yield* named(model)
      const settled = yield* Effect.forEach(sources, (source) => settledSource(tapes, source, use)).pipe(
        Effect.mapError((error) => refused(model, error))
      )
      const { batches } = yield* load(model, { sources: settled, onMiss }, use)
      return { name: spelledTape({ sources: settled, onMiss }), batch: batches[use.role] }
    }),
    check: Effect.fn("tape.check")(function* (model, language, problem) {
      const name = yield* named(model)
      if (language !== undefined && problem !== undefined) yield* load(model, name, { language, problem })
      if (name.onMiss?.kind === "ask") yield* models.check(name.onMiss.model, language, problem)
    }),
    complete
  }
})

const named = (model: string): Effect.Effect<TapeName, ModelMisconfigured> =>
  Effect.mapError(parseTapeName(model), (reason) => misnamed(model, reason)).pipe(
    Effect.filterOrFail(
      ({ onMiss }) => onMiss?.kind !== "ask" || !isTape(onMiss.model),
      () => misnamed(model, "what is not on a tape cannot be asked of another tape")
    )
  )

const requestOf = ({ request, asker: { place, program } }: ModelCall): TapeRequest => ({
  place,
  role: request.role,
  temperature: request.temperature,
  system: request.system.map(sha256),
  user: request.user.map(sha256),
  program
})

/** A recorded answer as one that is given now: it costs nothing. */
const taken = (
  model: string,
  at: LoadedTape,
  answer: RecordedAnswer,
  match: TapeMatch
): Effect.Effect<ModelAnswer, ModelRefused> =>
  Effect.gen(function* () {
    const { usage, finishReason, servedBy, origin, place } = answer
    const text = yield* Effect.mapError(at.text(answer), ({ message }) => unreadable(model, message))
    // A log may come from anywhere; no answer of a model that was asked is longer.
    if (text.length > maxAnswerLength) {
      return yield* unreadable(model, `the answer at ${place} has ${text.length} characters`)
    }
    return {
      text,
      usage: { in: 0, out: 0 },
      finishReason: reasonOf(finishReason),
      ...(servedBy === null ? {} : { servedBy: servedBy.slice(0, longestName) }),
      tape: { match, ...origin, usage: usage === null ? null : (usageOf(usage.in, usage.out) ?? null) }
    }
  })

const missing = ({ request: { model, role }, asker: { place } }: ModelCall, resamples: boolean): NotOnTape =>
  new NotOnTape({
    model,
    place,
    role,
    reason: resamples
      ? "nothing is recorded in that role"
      : "its request is not recorded, or not often enough"
  })

/** A log that fails is no mistake in the name. */
const refused = (model: string, error: SourceError): ModelMisconfigured | ModelRefused =>
  error._tag === "LogFailed" ? unreadable(model, error.message) : misnamed(model, error.message)

const misnamed = (model: string, reason: string): ModelMisconfigured =>
  new ModelMisconfigured({
    model,
    reason,
    advice: "Name recordings as tape:RUN, tape:FILE or tape:FILE#RUN, several with commas between"
  })

const unreadable = (model: string, reason: string): ModelRefused =>
  new ModelRefused({ model, endpoint: "the tape", reason, advice: "`seidr verify` looks a log through" })
