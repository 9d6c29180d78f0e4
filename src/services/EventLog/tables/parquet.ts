import { ByteWriter, ParquetWriter } from "hyparquet-writer"
import type { Cells, Column, ColumnType } from "./columns.ts"

/** Rows of a row group: they are in memory together. */
const rowGroup = 50_000

/** Parquet with one row group a batch, compressed by Snappy; every column may be null. */
export const parquet = (columns: ReadonlyArray<Column>) => {
  const bytes = new ByteWriter()
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: "root", num_children: columns.length },
      ...columns.map(({ name, type }) => ({ name, repetition_type: "OPTIONAL" as const, ...elements[type] }))
    ],
    createdBy: "seidr"
  })
  /** What was written since the last time: the writer's own count of bytes goes on. */
  const taken = (): Uint8Array => {
    const written = new Uint8Array(bytes.getBuffer())
    bytes.index = 0
    return written
  }
  return {
    batch: rowGroup,
    rows: (rows: ReadonlyArray<Cells>): Uint8Array => {
      void writer.write({
        columnData: columns.map(({ name, type }, place) => ({
          name,
          data: rows.map((row) => valueOf(type, row[place]!))
        })),
        rowGroupSize: rowGroup
      })
      return taken()
    },
    end: (): Uint8Array => {
      void writer.finish()
      return taken()
    }
  }
}

const elements = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  integer: { type: "INT64" },
  real: { type: "DOUBLE" },
  boolean: { type: "BOOLEAN" }
} as const

const valueOf = (
  type: ColumnType,
  value: string | number | null
): string | number | bigint | boolean | null => {
  if (value === null || typeof value === "string") return value
  if (type === "boolean") return value === 1
  return type === "integer" ? BigInt(value) : value
}
