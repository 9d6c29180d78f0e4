import Database from "better-sqlite3"
import type { RunId } from "../../src/domain/ids.ts"

type Row = Readonly<Record<string, unknown>>

/** The rows of a log's view for a run, in order, with the names and truth values of the library's records. */
export const viewRows = (file: string, view: string, runId: RunId, order: string): ReadonlyArray<Row> => {
  const database = new Database(file, { readonly: true })
  const rows = database.prepare(`SELECT * FROM ${view} WHERE run_id = ? ORDER BY ${order}`).all(runId)
  database.close()
  return (rows as ReadonlyArray<Row>).map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [camel(name), typed(name, value)]))
  )
}

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

const typed = (name: string, value: unknown): unknown =>
  name === "surplus" || name === "hidden" ? value === 1 : value
