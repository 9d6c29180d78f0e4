import { Either } from "effect"
import { type ArrayRange, readArrayRange } from "../../../domain/slurm/arrayRange.ts"
import type { Table } from "../../experiment/table.ts"
import { type ChosenRow, rangeOf } from "../experiment/chosenRows.ts"

/**
 * The indices of a job array for the rows of a table, whose `task_id` is index plus offset: those that are named, else
 * those of all rows from the offset on. On the left, what is wrong, such as an index that is no row's.
 *
 * @param rows those that can be run; others must not be named
 */
export const indicesFor = (
  table: Table,
  rows: ReadonlyArray<ChosenRow>,
  array: string | undefined,
  offset: number
): Either.Either<ArrayRange, string> =>
  Either.gen(function* () {
    const odd = rows.find(({ taskId }) => !isNumber(taskId))
    if (odd !== undefined && (array === undefined || array.trim().startsWith("%"))) {
      return yield* Either.left(
        `${table.file}: line ${odd.line}: task_id ${JSON.stringify(odd.taskId)} is no whole number from 0 on, and the tasks of an array are numbered; name the rows to run with --array`
      )
    }
    const ids = new Set(rows.flatMap(({ taskId }) => (isNumber(taskId) ? [Number(taskId)] : [])))
    const all = [...ids]
      .map((id) => id - offset)
      .filter((index) => index >= 0)
      .sort((one, other) => one - other)
    const range =
      array === undefined
        ? { indices: all, atOnce: undefined }
        : yield* Either.mapLeft(
            readArrayRange(array, all),
            (expected) => `--array is ${JSON.stringify(array)}, and has to be ${expected}`
          )
    if (range.indices.length === 0) {
      return yield* Either.left(
        `no row of ${table.file} has a task_id from --offset ${offset} on; it has ${rangeOf(table.rows)}`
      )
    }
    const missing = range.indices.find((index) => !ids.has(index + offset))
    if (missing === undefined) return range
    const row = offset === 0 ? `task_id ${missing}` : `task_id ${missing + offset} (${missing} + ${offset})`
    return yield* Either.left(
      `--array names ${row}, and ${table.file} has no such row to run; it has ${rangeOf(table.rows)}`
    )
  })

const isNumber = (taskId: string): boolean => /^\d{1,15}$/.test(taskId)
