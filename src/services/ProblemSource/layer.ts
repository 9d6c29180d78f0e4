import type { FileSystem, Path } from "@effect/platform"
import { Effect, Layer } from "effect"
import { ProblemSource } from "../ProblemSource.ts"
import { makeSources } from "./sources.ts"

/** Problems of the built-in data sets and of the user's files. */
export const layer: Layer.Layer<ProblemSource, never, FileSystem.FileSystem | Path.Path> = Layer.effect(
  ProblemSource,
  Effect.map(makeSources, ({ datasets, problems, sourceOf, tasks }) => ({
    load: Effect.fn("ProblemSource.load")(function* (request) {
      const source = yield* sourceOf(request)
      return yield* source.load(request)
    }),
    list: problems,
    datasets,
    tasks
  }))
)
