import type { FileSystem, Path } from "@effect/platform"
import { Effect } from "effect"
import type { Task } from "../../../domain/mbpp/task.ts"
import { promptOf } from "../../../domain/mbpp/taskOf.ts"
import type { UnitTest } from "../../../domain/problem.ts"
import { ProblemInvalid, type ProblemRequest } from "../../ProblemSource.ts"
import type { Source } from "../source.ts"
import { readSanitizedTasks, readTasks } from "./readTasks.ts"

/** The two files of MBPP. */
const sets = {
  mbpp: {
    title: "974 functions to write in Python, checked by three unit tests each",
    count: 974,
    file: "mbpp/mbpp.jsonl",
    read: readTasks
  },
  "mbpp-sanitized": {
    title: "the 427 of them that were gone through by hand",
    count: 427,
    file: "mbpp/sanitized-mbpp.json",
    read: readSanitizedTasks
  }
} as const

type SetName = keyof typeof sets

const pattern = /^(mbpp|mbpp-sanitized)\/(\d+)$/i

/** The tasks of MBPP (Austin et al. 2021), by the numbers that they have there, from the data folder. */
export const mbpp = (fs: FileSystem.FileSystem, path: Path.Path): Source => {
  const known = new Map<string, Effect.Effect<ReadonlyMap<number, Task>, string>>()

  /** Each file is read once. */
  const tasksIn = Effect.fn("mbpp.tasks")(function* (
    dataset: SetName,
    problem: string,
    data: string | undefined
  ) {
    const refused = (reason: string) => new ProblemInvalid({ problem, reason })
    const set = sets[dataset]
    if (data === undefined) {
      return yield* refused(
        `its file ${set.file} is looked for in the folder that --data or SEIDR_DATA names, and neither is given`
      )
    }
    const file = path.join(data, ...set.file.split("/"))
    const reading = known.get(file) ?? (yield* Effect.cached(set.read(fs, file)))
    known.set(file, reading)
    const tasks = yield* Effect.mapError(reading, (reason) => refused(`${file}: ${reason}`))
    return { file, tasks }
  })

  const find = Effect.fn("mbpp.find")(function* ({ data, problem }: ProblemRequest) {
    const [, spelling = "mbpp", number = ""] = pattern.exec(problem) ?? []
    const dataset = spelling.toLowerCase() as SetName
    const { file, tasks } = yield* tasksIn(dataset, problem, data)
    const task = tasks.get(Number(number))
    if (task !== undefined) return { name: `${dataset}/${task.id}`, dataset, task }
    const ids = [...tasks.keys()].sort((left, right) => left - right)
    const reason = `${file} has no task ${Number(number)}; it has ${ids.length}, from ${ids[0]} to ${ids.at(-1)}`
    return yield* new ProblemInvalid({ problem, reason })
  })

  return {
    problems: [],
    datasets: Object.entries(sets).map(([name, { count, file, title }]) => ({
      name,
      title,
      language: "python",
      count,
      file
    })),
    tasks: (dataset, data) => {
      const name = dataset as SetName
      return Effect.map(tasksIn(name, dataset, data), ({ tasks }) =>
        [...tasks.keys()].sort((left, right) => left - right).map((id) => `${dataset}/${id}`)
      )
    },
    knows: (name) => Effect.succeed(pattern.test(name)),
    load: (request) =>
      Effect.map(find(request), ({ dataset, name, task }) => {
        const [first, ...others] = task.tests
        const shown = Math.min(request.promptExamples, task.tests.length)
        return {
          problem: {
            name,
            description: task.description,
            check: { ...task.check, prompt: promptOf(task, shown) },
            // The comment of the prompt holds the examples.
            promptExamples: 0,
            validation: [{ test: first }, ...others.map((test) => ({ test }))],
            origin: { dataset }
          },
          language: "python"
        }
      }),
    hidden: (request) =>
      Effect.map(find(request), ({ task }) => task.hidden.map((test): UnitTest => ({ test }))),
    edge: (request) => Effect.as(find(request), []),
    reference: (request) =>
      Effect.map(find(request), ({ task }) => ({ language: "python", program: task.reference }))
  }
}
