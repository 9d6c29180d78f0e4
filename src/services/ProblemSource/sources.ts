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

/** Data sets, of which the first that knows a name serves it; they come before files. */
const makers: ReadonlyArray<(fs: FileSystem.FileSystem, path: Path.Path) => Source> = [psb2, humanEval, mbpp]

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
    const builtIn = makers.map((make) => make(fs, path))
    const files = problemFiles(fs, path)
    const sources = [...builtIn, files]
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
        for (const source of builtIn) if (yield* source.knows(problem)) return source
        const set = datasets.find(({ name }) => `${problem.toLowerCase()}/`.startsWith(`${name}/`))
        const isFile = yield* fs.exists(problem).pipe(Effect.orElseSucceed(() => false))
        if (set !== undefined && !isFile) {
          const reason = `a task of ${set.name} is named by its number, such as ${set.name}/2`
          return yield* new ProblemInvalid({ problem, reason })
        }
        if (yield* files.knows(problem)) return files
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
