import { Either, Option } from "effect"
import type { ExperimentRow } from "../../experiment/experiment.ts"
import type { Table, TableRow } from "../../experiment/table.ts"
import { rowOptions } from "./rowOptions.ts"

export interface ChosenRow extends ExperimentRow {
  readonly line: number
  readonly taskId: string
}

export interface Chosen {
  readonly rows: ReadonlyArray<ChosenRow>
  /** What is wrong with rows that are therefore not among them. */
  readonly faults: ReadonlyArray<string>
}

/** Which row is wanted, by flags and by the variables that Slurm and the published scripts set. */
export interface Choice {
  readonly task: Option.Option<string>
  readonly offset: number
  readonly environment: Readonly<Record<string, string | undefined>>
}

/**
 * The task that is asked for: `--task`, else `TASK_ID`, else `SLURM_ARRAY_TASK_ID` and the offset; undefined for all rows.
 * On the left, a variable that is no number.
 */
export const wantedTask = ({
  environment,
  offset,
  task
}: Choice): Either.Either<string | undefined, string> => {
  if (Option.isSome(task)) return Either.right(task.value.trim())
  const named = environment["TASK_ID"]?.trim() ?? ""
  if (named !== "") return Either.right(named)
  const slurm = environment["SLURM_ARRAY_TASK_ID"]?.trim() ?? ""
  if (slurm === "") return Either.right(undefined)
  return /^\d{1,15}$/.test(slurm)
    ? Either.right(String(Number(slurm) + offset))
    : Either.left(`SLURM_ARRAY_TASK_ID is ${JSON.stringify(slurm)}, expected a whole number`)
}

/** The rows of a table that are wanted, as runs. On the left, that there is no such row. */
export const chosenRows = (
  table: Table,
  task: string | undefined,
  name: string,
  data: string | undefined
): Either.Either<Chosen, string> => {
  const wanted = task === undefined ? table.rows : table.rows.filter((row) => isTask(row, task))
  if (wanted.length === 0 && task !== undefined) {
    return Either.left(`${table.file} has no row with task_id ${task}; it has ${rangeOf(table.rows)}`)
  }
  const rows: Array<ChosenRow> = []
  const faults = task === undefined ? [...table.faults] : []
  for (const row of wanted) {
    const { line, taskId } = row
    const options = rowOptions(row)
    if (Either.isLeft(options)) faults.push(`line ${line} (task_id ${taskId}): ${options.left}`)
    else rows.push({ line, taskId, label: `${name}/${taskId}`, options: { ...options.right, data } })
  }
  return Either.right({ rows, faults })
}

const isTask = ({ taskId }: TableRow, task: string): boolean =>
  taskId === task || (/^\d+$/.test(taskId) && /^\d+$/.test(task) && Number(taskId) === Number(task))

export const rangeOf = (rows: ReadonlyArray<TableRow>): string => {
  const ids = rows.map(({ taskId }) => taskId)
  if (ids.length === 0) return "none that can be run"
  return ids.length === 1 ? `one row, ${ids[0]}` : `${ids.length} rows, from ${ids[0]} to ${ids.at(-1)}`
}
