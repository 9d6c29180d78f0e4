import type { FileSystem, Path } from "@effect/platform"
import { Effect } from "effect"
import {
  type HumanEvalLanguage,
  humanEvalLanguages,
  type Task,
  taskCount
} from "../../../domain/humanEval/task.ts"
import { taskOf } from "../../../domain/humanEval/taskOf.ts"
import { languages } from "../../../domain/language.ts"
import { languageNamed } from "../../../domain/languageNamed.ts"
import { printableLine } from "../../../domain/printable.ts"
import { type DatasetSummary, ProblemInvalid, type ProblemRequest } from "../../ProblemSource.ts"
import type { Source } from "../source.ts"
import { pythonTasks, type TaskOrFault } from "./pythonTasks.ts"
import { readRows } from "./readRows.ts"

/** One file of tasks. */
interface DataFile {
  readonly dataset: string
  readonly language: HumanEvalLanguage
  /** Below the data folder. */
  readonly place: readonly [folder: string, name: string]
  /** What the names of its tasks begin with. */
  readonly prefix: string
}

const fileNames: Readonly<Record<HumanEvalLanguage, string>> = {
  python: "python",
  cpp: "cpp",
  java: "java",
  javascript: "js",
  go: "go",
  rust: "rust"
}

const plain: DataFile = {
  dataset: "humaneval",
  language: "python",
  place: ["humaneval", "HumanEval.jsonl.gz"],
  prefix: "HumanEval"
}

const fileOf = (language: HumanEvalLanguage): DataFile => ({
  dataset: `humaneval-x/${language}`,
  language,
  place: ["humaneval-x", `humaneval_${fileNames[language]}.jsonl.gz`],
  prefix: language === "cpp" ? "CPP" : languages[language].title
})

const datasets = [plain, ...humanEvalLanguages.map(fileOf)].map(
  ({ dataset, language, place }): DatasetSummary => ({
    name: dataset,
    title: `${taskCount} functions to write in ${languages[language].title}, checked by unit tests`,
    language,
    count: taskCount,
    file: place.join("/")
  })
)

const pattern = /^humaneval(?:-x\/([^/]+))?\/(\d+)$/i

/** The 164 tasks of HumanEval in Python, and those of HumanEval-X in six languages, from the data folder. */
export const humanEval = (fs: FileSystem.FileSystem, path: Path.Path): Source => {
  const known = new Map<string, Effect.Effect<ReadonlyArray<TaskOrFault>, string>>()

  const tasksIn = (file: string, { language, prefix }: DataFile) =>
    Effect.gen(function* () {
      const rows = yield* readRows(fs, file)
      const id = rows[0]?.task_id ?? ""
      if (!id.startsWith(`${prefix}/`)) {
        return yield* Effect.fail(
          `line 1: the task is ${printableLine(id).slice(0, 60)}, expected ${prefix}/0: this is the file of another data set`
        )
      }
      return language === "python"
        ? yield* pythonTasks(rows)
        : rows.map((row): TaskOrFault => taskOf(language, row))
    })

  /** Each file is read once. */
  const tasksOf = (file: string, data: DataFile) =>
    Effect.gen(function* () {
      const before = known.get(file)
      if (before !== undefined) return yield* before
      const reading = yield* Effect.cached(tasksIn(file, data))
      known.set(file, reading)
      return yield* reading
    })

  const find = Effect.fn("humanEval.find")(function* ({ data, problem }: ProblemRequest) {
    const refused = (reason: string) => new ProblemInvalid({ problem, reason })
    const [, spelling, number = ""] = pattern.exec(problem) ?? []
    const language = spelling === undefined ? undefined : languageIn(spelling)
    if (spelling !== undefined && language === undefined) {
      return yield* refused(
        `HumanEval-X has no such language, expected one of ${humanEvalLanguages.join(", ")}`
      )
    }
    const dataFile = language === undefined ? plain : fileOf(language)
    const index = Number(number)
    if (index >= taskCount) return yield* refused(`it has ${taskCount} tasks, from 0 to ${taskCount - 1}`)
    const below = dataFile.place.join("/")
    if (data === undefined) {
      return yield* refused(
        `its file ${below} is looked for in the folder that --data or SEIDR_DATA names, and neither is given`
      )
    }
    const file = path.join(data, ...dataFile.place)
    const isThere = yield* fs.exists(file).pipe(Effect.orElseSucceed(() => false))
    if (!isThere) return yield* refused(`there is no ${file}; put the data set's file of that name there`)
    const tasks = yield* tasksOf(file, dataFile).pipe(
      Effect.mapError((reason) => refused(`${file}: ${reason}`))
    )
    const task = tasks[index]
    if (task === undefined) return yield* refused(`${file}: the file holds only ${tasks.length} tasks`)
    if ("fault" in task) return yield* refused(`${file}: line ${index + 1}: ${printableLine(task.fault)}`)
    return { name: `${dataFile.dataset}/${index}`, dataset: dataFile.dataset, task }
  })

  return {
    problems: [],
    datasets,
    tasks: (dataset) =>
      Effect.succeed(Array.from({ length: taskCount }, (_, index) => `${dataset}/${index}`)),
    knows: (name) => Effect.succeed(pattern.test(name)),
    load: (request) =>
      Effect.map(find(request), ({ dataset, name, task }) => ({
        problem: {
          name,
          description: descriptionOf(task),
          check: task.check,
          // The comment of the prompt holds the examples.
          promptExamples: 0,
          validation: validationOf(task),
          origin: { dataset }
        },
        language: task.language
      })),
    // There is one set of tests, and it drives the search.
    hidden: (request) => Effect.as(find(request), []),
    edge: (request) => Effect.as(find(request), []),
    reference: (request) =>
      Effect.map(find(request), ({ task }) => ({ language: task.language, program: task.reference }))
  }
}

const languageIn = (spelling: string): HumanEvalLanguage | undefined => {
  const language = languageNamed(spelling)
  return humanEvalLanguages.find((one) => one === language)
}

const descriptionOf = ({ check, language }: Task): string =>
  `Write \`${check.entryPoint}\` in ${languages[language].title}, as its comment says.`

const validationOf = ({ tests: [first, ...others] }: Task) =>
  [{ test: first }, ...others.map((test) => ({ test }))] as const
