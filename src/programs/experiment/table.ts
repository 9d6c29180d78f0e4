import { FileSystem } from "@effect/platform"
import { Effect, Either, Schema } from "effect"
import { didYouMean } from "../../domain/nearest.ts"
import { printableLine } from "../../domain/printable.ts"
import { readText } from "../../services/ProblemSource/readText.ts"
import { csvRecords } from "./csvRecords.ts"

/** An experiment's table cannot be used: which row and column, what was found, what was expected. */
export class TableInvalid extends Schema.TaggedError<TableInvalid>()("TableInvalid", {
  file: Schema.String,
  faults: Schema.NonEmptyArray(Schema.String)
}) {
  override get message(): string {
    const more = this.faults.length - 1
    return `${this.file}: ${this.faults[0]}${more === 0 ? "" : ` (and ${more} more)`}`
  }
}

/** One run of an experiment, as the table has it. */
export interface TableRow {
  /** The line of the file that it ends on, counted from 1. */
  readonly line: number
  readonly taskId: string
  /** Its other cells by column; empty ones are left out. */
  readonly cells: ReadonlyMap<string, string>
}

export interface Table {
  readonly file: string
  /** The file's name without folder and ending. */
  readonly name: string
  readonly rows: ReadonlyArray<TableRow>
  /** What is wrong with rows that are therefore not among them. */
  readonly faults: ReadonlyArray<string>
}

const mostBytes = 64 * 2 ** 20

/**
 * Reads a table of the published form: a line of columns, then a line for each run. It may come from a spreadsheet (a
 * byte order mark, CR LF, quotes, semicolons, empty lines and columns at the end).
 *
 * @param known the columns that mean something, besides `task_id`
 */
export const readTable = (
  file: string,
  known: ReadonlySet<string>
): Effect.Effect<Table, TableInvalid, FileSystem.FileSystem> =>
  Effect.gen(function* () {
    const refused = (...[first, ...others]: readonly [string, ...ReadonlyArray<string>]) =>
      new TableInvalid({ file, faults: [first, ...others] })
    const text = yield* readText(yield* FileSystem.FileSystem, file, mostBytes).pipe(Effect.mapError(refused))
    const [header, ...records] = yield* Either.mapLeft(csvRecords(text), (fault) => refused(fault))
    if (header === undefined) return yield* refused("the file is empty")
    const columns = header.fields.map(columnNamed)
    while (columns.at(-1) === "") columns.pop()
    yield* Effect.mapError(checkColumns(columns, known), (fault) => refused(`line ${header.line}: ${fault}`))
    const rows: Array<TableRow> = []
    const faults: Array<string> = []
    const lines = new Map<string, number>()
    for (const { fields, line } of records) {
      if (fields.every((field) => field.trim() === "")) continue
      const extra = fields.slice(columns.length).find((field) => field.trim() !== "")
      if (extra !== undefined) {
        faults.push(`line ${line}: ${shown(extra)} stands in column ${columns.length + 1}, which has no name`)
        continue
      }
      const cells = new Map(
        columns.flatMap((column, index) => {
          const value = fields[index]?.trim() ?? ""
          return value === "" || column === "" ? [] : [[column, value] as const]
        })
      )
      const taskId = cells.get("task_id")
      cells.delete("task_id")
      if (taskId === undefined) faults.push(`line ${line}: column task_id is empty`)
      else if (lines.has(taskId))
        faults.push(`line ${line}: task_id ${shown(taskId)} is that of line ${lines.get(taskId)}`)
      else {
        lines.set(taskId, line)
        rows.push({ line, taskId, cells })
      }
    }
    if (rows.length === 0 && faults.length === 0) return yield* refused("the table has no row")
    const name = (file.split(/[/\\]/).at(-1) ?? file).replace(/\.[^.]*$/, "")
    return { file, name, rows, faults }
  })

const columnNamed = (text: string): string => text.trim().toLowerCase().replaceAll("-", "_")

const checkColumns = (
  columns: ReadonlyArray<string>,
  known: ReadonlySet<string>
): Effect.Effect<void, string> => {
  for (const needed of ["task_id", "problem"]) {
    if (!columns.includes(needed)) {
      return Effect.fail(`there is no column ${needed}; the columns are ${columns.map(shown).join(", ")}`)
    }
  }
  for (const [index, column] of columns.entries()) {
    if (columns.indexOf(column) < index && column !== "")
      return Effect.fail(`column ${column} is there twice`)
    if (column !== "task_id" && column !== "" && !known.has(column)) {
      const hint = didYouMean(column, ["task_id", ...known])
      return Effect.fail(
        `there is a column ${shown(column)}, which means nothing here${hint || `; known are task_id, ${[...known].join(", ")}`}`
      )
    }
  }
  return Effect.void
}

const shown = (text: string): string => JSON.stringify(printableLine(text).slice(0, 80))
