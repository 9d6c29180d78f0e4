import type { FileSystem, Path } from "@effect/platform"
import { Effect, Layer } from "effect"
import { HiddenCases } from "../HiddenCases.ts"
import { makeSources } from "../ProblemSource/sources.ts"

/** The hidden cases of the same problems that `ProblemSource` finds. */
export const layer: Layer.Layer<HiddenCases, never, FileSystem.FileSystem | Path.Path> = Layer.effect(
  HiddenCases,
  Effect.map(makeSources, ({ sourceOf }) => ({
    hidden: Effect.fn("HiddenCases.hidden")(function* (request) {
      const source = yield* sourceOf(request)
      return yield* source.hidden(request)
    }),
    edge: Effect.fn("HiddenCases.edge")(function* (request) {
      const source = yield* sourceOf(request)
      return yield* source.edge(request)
    })
  }))
)
