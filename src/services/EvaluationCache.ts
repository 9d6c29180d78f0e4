import { Context, Effect, Layer } from "effect"
import type { Evaluation } from "../domain/evaluation.ts"

/**
 * Evaluations of earlier runs, by the hash of all that they depend on (see `Evaluate.ts`). It only ever saves work: a
 * cache that cannot be read or written has no entry, and fails nothing.
 */
export class EvaluationCache extends Context.Tag("seidr/EvaluationCache")<
  EvaluationCache,
  {
    readonly get: (key: string) => Effect.Effect<Evaluation | undefined>
    /** Keeps an evaluation, unless it may not be shared or is too large. */
    readonly put: (key: string, evaluation: Evaluation) => Effect.Effect<void>
  }
>() {}

/** Remembers nothing: `--no-cache`. */
export const layerNone: Layer.Layer<EvaluationCache> = Layer.succeed(EvaluationCache, {
  get: () => Effect.succeed(undefined),
  put: () => Effect.void
})
