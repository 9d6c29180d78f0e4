import type { FileSystem, Path } from "@effect/platform"
import { Effect } from "effect"
import { byLines } from "../../domain/check.ts"
import type { IoCase } from "../../domain/problem.ts"
import { drawHidden, drawTraining, edgeCases } from "../../domain/psb2/draw.ts"
import type { Task } from "../../domain/psb2/task.ts"
import { tasks } from "../../domain/psb2/tasks.ts"
import { ProblemInvalid, type ProblemRequest } from "../ProblemSource.ts"
import { officialFiles } from "./officialFiles.ts"
import type { Source } from "./source.ts"

/** The 25 problems of PSB2, with official cases where the data folder has them and generated ones elsewhere. */
export const psb2 = (fs: FileSystem.FileSystem, path: Path.Path): Source => {
  const files = officialFiles(fs, path)

  const taskOf = ({ problem }: ProblemRequest): Effect.Effect<Task, ProblemInvalid> => {
    const task = tasks.get(problem)
    return task === undefined
      ? Effect.fail(new ProblemInvalid({ problem, reason: "this is not a problem of PSB2" }))
      : Effect.succeed(task)
  }

  const named =
    ({ problem }: ProblemRequest) =>
    <A>(effect: Effect.Effect<A, string>): Effect.Effect<A, ProblemInvalid> =>
      Effect.mapError(effect, (reason) => new ProblemInvalid({ problem, reason }))

  const officialEdges = ({ data }: ProblemRequest, task: Task) =>
    data === undefined ? Effect.succeed(undefined) : files.edges(data, task)

  /** Training takes the beginning of the sample, the hidden set what follows; some lines are the same as others. */
  const officialRandom = ({ data, seed, validExamples, testExamples }: ProblemRequest, task: Task) =>
    data === undefined
      ? Effect.succeed(undefined)
      : files.random(data, task, { seed, size: 2 * (validExamples + testExamples) + 200 })

  const draw = Effect.fn("psb2.draw")(function* (request: ProblemRequest, task: Task) {
    const edges = yield* officialEdges(request, task)
    const random = yield* officialRandom(request, task)
    const official = random === undefined ? {} : { officialRandom: random }
    const { seed, validExamples: count } = request
    const training = drawTraining(task, {
      seed,
      count,
      ...(edges === undefined ? {} : { officialEdges: edges }),
      ...official
    })
    return { training, official, origin: { edge: originOf(edges), random: originOf(random) } }
  })

  return {
    problems: Array.from(tasks.values(), ({ name, title }) => ({ name, title, dataset: "psb2" })),
    datasets: [],
    tasks: () => Effect.succeed([]),
    knows: (name) => Effect.succeed(tasks.has(name)),

    load: Effect.fn("psb2.load")(function* (request) {
      const task = yield* taskOf(request)
      const { origin, training } = yield* draw(request, task).pipe(named(request))
      const [first, ...others] = training
      if (first === undefined) {
        const reason = `no validation case is left with ${request.validExamples} validation examples, expected at least 1`
        return yield* new ProblemInvalid({ problem: request.problem, reason })
      }
      return {
        problem: {
          name: task.name,
          description: task.description,
          check: byLines(task.comparison),
          promptExamples: Math.min(request.promptExamples, training.length),
          validation: [first, ...others],
          origin: { dataset: "psb2", ...origin }
        },
        language: undefined
      }
    }),

    hidden: Effect.fn("psb2.hidden")(function* (request) {
      const task = yield* taskOf(request)
      const { official, training } = yield* draw(request, task).pipe(named(request))
      return drawHidden(task, { seed: request.seed, count: request.testExamples, training, ...official })
    }),

    edge: Effect.fn("psb2.edge")(function* (request) {
      const task = yield* taskOf(request)
      return edgeCases(task, yield* officialEdges(request, task).pipe(named(request)))
    }),

    reference: Effect.fn("psb2.reference")(function* (request, language = "python") {
      const { programs } = yield* taskOf(request)
      return language === "python" || language === "cpp"
        ? { language, program: programs[language] }
        : undefined
    })
  }
}

const originOf = (official: ReadonlyArray<IoCase> | undefined): "official" | "generated" =>
  official === undefined ? "generated" : "official"
