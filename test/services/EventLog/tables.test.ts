import { copyFileSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect } from "effect"
import { parquetReadObjects } from "hyparquet"
import { readModels } from "../../../migrations/0002_views.ts"
import type { RunId } from "../../../src/domain/ids.ts"
import { layerExport } from "../../../src/programs/layers.ts"
import { type Column, columnOf } from "../../../src/services/EventLog/tables/columns.ts"
import { type Format, formats } from "../../../src/services/EventLog/tables/format.ts"
import { LogExport, type TablesWanted, tableNames } from "../../../src/services/LogExport.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"

type Row = Readonly<Record<string, unknown>>

/** A log that was written before there were views. */
const older = Effect.tap(temporaryLog, (file) =>
  Effect.sync(() => copyFileSync(fileURLToPath(new URL("../../golden/v1.db", import.meta.url)), file))
)

const handedOut = (database: string, wanted: Partial<TablesWanted> & Pick<TablesWanted, "out">) =>
  Effect.flatMap(LogExport, (log) =>
    log.tables({ runs: undefined, format: "jsonl", table: undefined, ...wanted })
  ).pipe(Effect.provide(layerExport({ database })))

/** The rows of a table by SQL, with truth values. */
const rowsOf = (database: string, table: keyof typeof readModels): ReadonlyArray<Row> => {
  const file = new Database(database, { readonly: true })
  const rows = file.prepare(readModels[table]).all() as ReadonlyArray<Row>
  file.close()
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        columnOf(name).type === "boolean" ? value === 1 : value
      ])
    )
  )
}

/** By the rules of RFC 4180. */
const cellsOf = (text: string): ReadonlyArray<ReadonlyArray<string>> =>
  text
    .split("\r\n")
    .slice(0, -1)
    .map((line) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,"]*)(?:,|$)/g)]
        .slice(0, line.endsWith(",") ? undefined : -1)
        .map(([, cell]) => cell!)
    )

const readBack: Readonly<Record<Format, (file: string) => Promise<ReadonlyArray<Row>>>> = {
  jsonl: async (file) =>
    readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Row),
  csv: async (file) => {
    const [head, ...rows] = cellsOf(readFileSync(file, "utf8"))
    return rows.map((row) =>
      Object.fromEntries(
        row.map((cell, place): [string, unknown] => {
          const { name, type } = columnOf(head![place]!)
          if (cell === "") return [name, null]
          if (type === "text") return [name, cell.replace(/^"(.*)"$/s, "$1").replaceAll('""', '"')]
          return [name, JSON.parse(cell)]
        })
      )
    )
  },
  parquet: async (file) => {
    const { buffer, byteOffset, byteLength } = readFileSync(file)
    const rows = await parquetReadObjects({
      file: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
    })
    return rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value])
      )
    )
  }
}

const inAnyOrder = (rows: ReadonlyArray<Row>) => rows.map((row) => JSON.stringify(row)).sort()

describe("tables that are handed out", () => {
  it.scopedLive.each(Object.keys(formats) as ReadonlyArray<Format>)(
    "as %s hold what the read models say, all of it",
    (format) =>
      Effect.gen(function* () {
        const database = yield* older
        const out = join(dirname(database), "new", "tables")
        const files = yield* handedOut(database, { format, out })
        expect(readdirSync(out).sort()).toEqual([...tableNames].map((name) => `${name}.${format}`).sort())
        for (const { table, file, rows } of files) {
          const found = yield* Effect.promise(() => readBack[format](file))
          expect(found).toHaveLength(rows)
          expect(inAnyOrder(found)).toEqual(inAnyOrder(rowsOf(database, table)))
        }
        expect((yield* Effect.flip(handedOut(database, { format, out }))).message).toMatch(/there already/)
      })
  )

  it.scopedLive("may be one table of one run, and be empty", () =>
    Effect.gen(function* () {
      const database = yield* older
      const out = join(dirname(database), "nodes.jsonl")
      const [run, other] = rowsOf(database, "runs").map((row) => row["run_id"] as RunId)
      yield* handedOut(database, { table: "nodes", runs: [other!], out })
      const nodes = yield* Effect.promise(() => readBack.jsonl(out))
      expect(new Set(nodes.map((row) => row["run_id"]))).toEqual(new Set([other]))
      expect(run).not.toBe(other)
      for (const format of Object.keys(formats) as ReadonlyArray<Format>) {
        const empty = join(dirname(database), `empty.${format}`)
        yield* handedOut(database, { table: "cases", runs: [], format, out: empty })
        const text = readFileSync(empty, "latin1")
        expect(format === "csv" ? text.split(",")[0] : format === "jsonl" ? text : text.slice(0, 4)).toBe(
          { csv: "run_id", jsonl: "", parquet: "PAR1" }[format]
        )
      }
    })
  )

  it("say in CSV what they hold, and nothing that a spreadsheet would compute", () => {
    const columns: ReadonlyArray<Column> = ["label", "score", "surplus", "seed"].map(columnOf)
    const writer = formats.csv(columns)
    const text = (rows: Parameters<typeof writer.rows>[0]) => Buffer.from(writer.rows(rows)).toString("utf8")
    expect(text([["=HYPERLINK(1)", -0.5, 1, -7]])).toBe(
      "label,score,surplus,seed\r\n'=HYPERLINK(1),-0.5,true,-7\r\n"
    )
    expect(text([['a "b", c\r\nd', null, 0, null]])).toBe('"a ""b"", c\r\nd",,false,\r\n')
    expect(text([["", 1, null, 0]])).toBe('"",1,,0\r\n')
    for (const start of ["+", "-", "@", "\t", "\r"]) expect(text([[`${start}x`, 0, 0, 0]])).toMatch(/^"?'/)
  })
})
