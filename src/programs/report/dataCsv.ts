import type { Data } from "../../domain/report/figure.ts"

/** A figure's data as CSV (RFC 4180), its heading first. */
export const dataCsv = ({ head, rows }: Data): string =>
  [head, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("")

const cell = (value: string | number | null): string => {
  if (value === null) return ""
  if (typeof value === "number") return String(value)
  // A spreadsheet would compute what a stranger's text begins with.
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
