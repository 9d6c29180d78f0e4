import { FileSystem, Path } from "@effect/platform"
import { Effect } from "effect"
import { didYouMean } from "../../domain/nearest.ts"
import {
  type DatasetSummary,
  ProblemInvalid,
  type ProblemRequest,
  type ProblemSource,
  type ProblemSummary
} from "../ProblemSource.ts"
import { humanEval } from "./humanEval/humanEval.ts"
import { mbpp } from "./mbpp/mbpp.ts"
import { problemFiles } from "./problemFiles.ts"
import { psb2 } from "./psb2.ts"
import type { Source } from "./source.ts"

/** Every source there is. The first that knows a name serves it, so that data sets come before files. */
const makers: ReadonlyArray<(fs: FileSystem.FileSystem, path: Path.Path) => Source> = [
  psb2,
  humanEval,
  mbpp,
  problemFiles
]

export interface Sources {
  readonly problems: ReadonlyArray<ProblemSummary>
  readonly datasets: ReadonlyArray<DatasetSummary>
  readonly tasks: typeof ProblemSource.Service.tasks
  readonly sourceOf: (request: ProblemRequest) => Effect.Effect<Source, ProblemInvalid>
}

export const makeSources: Effect.Effect<Sources, never, FileSystem.FileSystem | Path.Path> = Effect.gen(
  function* () {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const sources = makers.map((make) => make(fs, path))
    const problems = sources.flatMap((source) => source.problems)
    const datasets = sources.flatMap((source) => source.datasets)
    return {
      problems,
      datasets,
      tasks: ({ name }, data) => {
        const source = sources.find(({ datasets }) => datasets.some((set) => set.name === name))
        return source === undefined ? Effect.succeed([]) : source.tasks(name, data)
      },
      sourceOf: Effect.fn("Sources.sourceOf")(function* ({ problem }: ProblemRequest) {
        for (const source of sources) if (yield* source.knows(problem)) return source
        const names = [...problems, ...datasets].map(({ name }) => name)
        const hint = didYouMean(problem, names)
        return yield* new ProblemInvalid({
          problem,
          reason:
            `there is no built-in problem and no file of this name${hint || "."} ` +
            "`seidr problems` lists the built-in ones; a problem file is named by its path"
        })
      })
    }
  }
)
