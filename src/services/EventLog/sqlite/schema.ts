import Database from "better-sqlite3"
import { migrations } from "./migrate.ts"

/** A line of `sqlite_schema`: what a table, an index, a view or a trigger is made of. */
export interface SchemaRow {
  readonly type: string
  readonly name: string
  readonly tbl_name: string
  readonly sql: string | null
}

export const selectSchema = "SELECT type, name, tbl_name, sql FROM sqlite_schema"

/**
 * What is not as the migrations make it. What somebody has added is let be, as long as it does nothing by itself: a
 * trigger does.
 */
export const schemaFaults = (rows: ReadonlyArray<SchemaRow>): ReadonlyArray<string> => {
  const found = new Map(rows.map((row) => [row.name, row]))
  const made = madeByMigrations()
  const names = new Set(made.map(({ name }) => name))
  return [
    ...made.flatMap((row) => {
      const here = found.get(row.name)
      if (here === undefined) return [`the ${row.type} ${row.name} is missing`]
      const isSame = here.type === row.type && here.tbl_name === row.tbl_name && here.sql === row.sql
      return isSame ? [] : [`the ${row.type} ${row.name} is not what seidr makes`]
    }),
    ...rows.flatMap(({ type, name }) =>
      type === "trigger" && !names.has(name) ? [`the trigger ${name} is none of seidr's`] : []
    )
  ]
}

const madeByMigrations = (): ReadonlyArray<SchemaRow> => {
  const database = new Database(":memory:")
  try {
    for (const statement of migrations.flat()) database.exec(statement)
    return database.prepare(selectSchema).all() as Array<SchemaRow>
  } finally {
    database.close()
  }
}
