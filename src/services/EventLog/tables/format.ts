import type { Cells, Column } from "./columns.ts"
import { parquet } from "./parquet.ts"

/** Turns the rows of one table into the bytes of a file, batch by batch. */
export interface TableWriter {
  /** Rows that are best written together. */
  readonly batch: number
  readonly rows: (rows: ReadonlyArray<Cells>) => Uint8Array
  readonly end: () => Uint8Array
}

/** The forms in which tables are handed out; the name is the end of the file's name too. */
export const formats = {
  /** A JSON object a line. */
  jsonl: (columns: ReadonlyArray<Column>): TableWriter => ({
    batch: 5_000,
    rows: (rows) =>
      bytesOf(
        rows.map((row) =>
          JSON.stringify(
            Object.fromEntries(
              columns.map(({ name, type }, place) => [
                name,
                type === "boolean" && row[place] !== null ? row[place] === 1 : row[place]
              ])
            )
          )
        ),
        "\n"
      ),
    end: () => new Uint8Array()
  }),
  /** RFC 4180. Null is an empty cell, an empty text a quoted one. */
  csv: (columns: ReadonlyArray<Column>): TableWriter => {
    let head = [columns.map(({ name }) => name).join(",")]
    const taken = () => {
      const lines = head
      head = []
      return lines
    }
    return {
      batch: 5_000,
      rows: (rows) =>
        bytesOf(
          [
            ...taken(),
            ...rows.map((row) => columns.map((column, place) => cell(column, row[place]!)).join(","))
          ],
          "\r\n"
        ),
      end: () => bytesOf(taken(), "\r\n")
    }
  },
  parquet
} as const

export type Format = keyof typeof formats

const bytesOf = (lines: ReadonlyArray<string>, end: string): Uint8Array =>
  Buffer.from(lines.map((line) => line + end).join(""), "utf8")

const cell = ({ type }: Column, value: string | number | null): string => {
  if (value === null) return ""
  if (type === "boolean") return value === 1 ? "true" : "false"
  if (typeof value === "number") return String(value)
  // A spreadsheet would compute what a text of a model or a stranger begins with.
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return harmless === "" || /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
