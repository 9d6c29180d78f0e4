import { resolve } from "node:path"
import { SqlError } from "@effect/sql/SqlError"
import Database from "better-sqlite3"
import { Effect, type Scope } from "effect"
import { readModels } from "../../../../migrations/0002_views.ts"
import type { RunId } from "../../../domain/ids.ts"
import { LogFailed } from "../../EventLog.ts"
import type { TableName } from "../../LogExport.ts"
import { type Cells, type Column, columnOf } from "../tables/columns.ts"
import { whileBusy } from "./failure.ts"

const doing = "reading its tables"

const order: Readonly<Record<TableName, string>> = {
  runs: "run_id",
  nodes: "program_index, node",
  calls: "pos",
  cases: "pos, case_index",
  decisions: "pos, rank"
}

/** The tables of a log as they are at one moment. */
export interface Tables {
  readonly columnsOf: (table: TableName) => ReadonlyArray<Column>
  /** The rows of some runs, run by run, in batches of at most so many. */
  readonly rowsOf: (
    table: TableName,
    runs: ReadonlyArray<RunId> | undefined,
    batch: number
  ) => Iterable<ReadonlyArray<Cells>>
}

/**
 * Reads the read models by their definitions, whether the file has their views or is older. The connection is its own,
 * since rows are taken one by one and the log must not wait; it sees one moment of the file until the scope closes.
 */
export const openTables = (file: string): Effect.Effect<Tables, LogFailed, Scope.Scope> =>
  Effect.gen(function* () {
    const database = yield* Effect.acquireRelease(
      whileBusy(
        file,
        doing,
        Effect.try({
          try: () => {
            const opened = new Database(resolve(file), { readonly: true, fileMustExist: true, timeout: 50 })
            opened.exec("BEGIN")
            opened.prepare("SELECT count(*) FROM lineage").get()
            return opened
          },
          catch: (cause) => new SqlError({ cause, message: "Failed to open the tables" })
        })
      ),
      (opened) => Effect.sync(() => opened.close())
    )
    const select = (table: TableName) =>
      database.prepare(`SELECT * FROM (${readModels[table]}) WHERE run_id = ? ORDER BY ${order[table]}`)
    return {
      columnsOf: (table) =>
        select(table)
          .columns()
          .map(({ name }) => columnOf(name)),
      rowsOf: function* (table, runs, batch) {
        const statement = select(table).raw()
        const all = () => database.prepare("SELECT run_id FROM lineage ORDER BY run_id").pluck().all()
        let rows: Array<Cells> = []
        for (const run of runs ?? all()) {
          for (const row of statement.iterate(run)) {
            rows.push(row as Cells)
            if (rows.length < batch) continue
            yield rows
            rows = []
          }
        }
        if (rows.length > 0) yield rows
      }
    }
  })

/** What SQLite says while rows are taken. */
export const reading = <A>(file: string, step: () => A): Effect.Effect<A, LogFailed> =>
  Effect.try({
    try: step,
    catch: (error) =>
      new LogFailed({ file, doing, reason: error instanceof Error ? error.message : String(error) })
  })
