import type { FileSystem, Path } from "@effect/platform"
import { Effect, Layer } from "effect"
import { makeSources } from "../ProblemSource/sources.ts"
import { ReferencePrograms } from "../ReferencePrograms.ts"

/** The solutions of the same problems that `ProblemSource` finds. */
export const layer: Layer.Layer<ReferencePrograms, never, FileSystem.FileSystem | Path.Path> = Layer.effect(
  ReferencePrograms,
  Effect.map(makeSources, ({ sourceOf }) => ({
    of: Effect.fn("ReferencePrograms.of")(function* (request, language) {
      const source = yield* sourceOf(request)
      return yield* source.reference(request, language)
    })
  }))
)
