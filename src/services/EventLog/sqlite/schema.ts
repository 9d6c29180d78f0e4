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
 * What is not as the migrations up to a version make it: a log that is only read keeps the version that it has. What
 * somebody has added is let be, as long as it does nothing by itself, as a trigger does, and is in the way of no later
 * migration.
 */
export const schemaFaults = (rows: ReadonlyArray<SchemaRow>, version: number): ReadonlyArray<string> => {
  const found = new Map(rows.map((row) => [row.name, row]))
  const made = madeByMigrations(version)
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
    ),
    ...madeByMigrations(migrations.length).flatMap(({ type, name }) =>
      type !== "trigger" && !names.has(name) && found.has(name)
        ? [`the ${type} ${name} is there, and its schema has version ${version}`]
        : []
    )
  ]
}

const madeByMigrations = (version: number): ReadonlyArray<SchemaRow> => {
  const database = new Database(":memory:")
  try {
    for (const statement of migrations.slice(0, version).flat()) database.exec(statement)
    return database.prepare(selectSchema).all() as Array<SchemaRow>
  } finally {
    database.close()
  }
}
