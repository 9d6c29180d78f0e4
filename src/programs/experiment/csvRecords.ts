import { CsvError, parse } from "csv-parse/sync"
import { Either, Schema } from "effect"
import { printableLine } from "../../domain/printable.ts"

export interface CsvRecord {
  readonly fields: ReadonlyArray<string>
  /** The line of the file that it ends on, counted from 1. */
  readonly line: number
}

/** The records of a CSV text, also of one from a spreadsheet. On the left, where its quotes are wrong. */
export const csvRecords = (text: string): Either.Either<ReadonlyArray<CsvRecord>, string> => {
  const first = text.slice(0, text.search(/[\r\n]|$/))
  const delimiter = [",", ";", "\t"].find((one) => first.includes(one)) ?? ","
  return Either.try({
    try: () => {
      const parsed: unknown = parse(text, {
        bom: true,
        delimiter,
        info: true,
        relax_column_count: true,
        skip_empty_lines: true
      })
      return decodeRecords(parsed).map(({ info, record }) => ({ fields: record, line: info.lines }))
    },
    catch: (error) => faultOf(error, text, first.split(delimiter))
  })
}

const decodeRecords = Schema.decodeUnknownSync(
  Schema.Array(
    Schema.Struct({ record: Schema.Array(Schema.String), info: Schema.Struct({ lines: Schema.Number }) })
  )
)

const faultOf = (error: unknown, text: string, columns: ReadonlyArray<string>): string => {
  if (!(error instanceof CsvError)) {
    return `it is not a table (${printableLine(error instanceof Error ? error.message : String(error))})`
  }
  const index = Number(error["column"])
  const name = printableLine(columns[index]?.replaceAll('"', "").trim() ?? "").slice(0, 80)
  const column = name === "" ? `column ${index + 1}` : `column ${name}`
  const line = (number: unknown) => `line ${number}: ${column}: `
  switch (error.code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return `${line(openedOn(text))}a quote is opened and never closed`
    case "CSV_INVALID_CLOSING_QUOTE":
      return `${line(error["lines"])}something follows the closing quote; inside of a quoted cell a quote is written twice, and one that was left open before ends here`
    case "INVALID_OPENING_QUOTE":
      return `${line(error["lines"])}there is a quote inside of a cell that does not begin with one; put the cell in quotes, and write the quote twice`
    default:
      return `${line(error["lines"])}${printableLine(error.message)}`
  }
}

/** The line of the last quote that opens a cell. */
const openedOn = (text: string): number => {
  let line = 1
  let opened = 1
  let isOpen = false
  for (const [token] of text.matchAll(/\r\n|[\r\n]|""|"/g)) {
    if (token === '"' || (token === '""' && !isOpen)) {
      // Two quotes outside of a cell are an empty one.
      if (token === '"') isOpen = !isOpen
      opened = line
    } else if (token !== '""') line += 1
  }
  return opened
}
