import { Either } from "effect"
import type { TableRow } from "../../experiment/table.ts"
import { defaultSeed, type SolveOptions } from "../../solve/options.ts"
import { readLine } from "../argv.ts"
import { languageFlag } from "../options.ts"
import { published } from "../published.ts"
import { searchOptions } from "../searchOptions.ts"

const read = { ...searchOptions, language: languageFlag }

const specs = Object.values(read).map(({ flag }) => flag)

const columnOf = (name: string): string => name.replaceAll("-", "_")

/** Columns that shape no search: which row it is, and how loud the published program was. */
const idle = new Set(["log", "offset"])

/** The columns that a table may have besides `task_id`: the published ones, and every flag of `solve` that shapes a search. */
export const knownColumns: ReadonlySet<string> = new Set(
  [...Object.keys(published), ...specs.map(({ name }) => name), ...idle]
    .map(columnOf)
    .filter((column) => column !== "task_id" && column !== "experiment_id")
)

/**
 * What a row asks for: its columns are read as the flags of their names. `branching_factor` gives way to the columns that
 * it stands for, and repetition `run` adds its number to the seed. On the left, what is wrong and in which column.
 */
export const rowOptions = ({ cells }: TableRow): Either.Either<SolveOptions, string> =>
  Either.gen(function* () {
    const words: Array<string> = []
    for (const [column, value] of cells) {
      if (!idle.has(column) && column !== "run") words.push(`--${column}=${value}`)
    }
    const line = yield* Either.mapLeft(readLine(["solve", ...words], specs), asColumns)
    const [problem] = line.args
    if (problem === undefined) return yield* Either.left("column problem is empty")
    const options: Record<string, unknown> = {}
    for (const [key, { flag, read: reader }] of Object.entries(read)) {
      const value = line.flags.get(flag.name)
      if (value === undefined || value === null) continue
      options[key] = yield* Either.mapLeft(
        reader(value) as Either.Either<unknown, string>,
        (expected) => `column ${columnOf(flag.name)} is ${JSON.stringify(value)}, and has to be ${expected}`
      )
    }
    const run = cells.get("run") ?? "0"
    if (!/^\d{1,9}$/.test(run)) {
      return yield* Either.left(
        `column run is ${JSON.stringify(run)}, and has to be a whole number from 0 on`
      )
    }
    const seed = (typeof options["seed"] === "number" ? options["seed"] : defaultSeed) + Number(run)
    return { ...options, problem: taskOf(problem, cells, options["language"]), seed }
  })

/** A bare number is a task of HumanEval-X in the row's language. */
const taskOf = (problem: string, cells: ReadonlyMap<string, string>, language: unknown): string =>
  /^\d+$/.test(problem) && /^humaneval/i.test(cells.get("dataset") ?? "")
    ? `humaneval-x/${typeof language === "string" ? language : "python"}/${problem}`
    : problem

/** What is said of flags, said of columns. */
const asColumns = (text: string): string =>
  text.replace(/--([a-z][a-z-]*)/g, (_, name: string) => `column ${columnOf(name)}`)
