import { Schema } from "effect"

/**
 * How an output is compared with the expected one, line by line.
 *
 * `exact`: lines are equal. `numeric`: lines have the same number of fields, separated by blanks; fields that are
 * numbers on the expected side are equal within `absolute` or within `relative` of the expected value, all others
 * are equal as text.
 *
 * `trailing`: whether spaces at the end of a line and empty lines at the end of the output count (`keep`) or not
 * (`ignore`, the default). One line end at the very end of an output never counts.
 */
export const Comparison = Schema.Struct({
  kind: Schema.Literal("exact", "numeric"),
  absolute: Schema.optionalWith(Schema.NonNegative, { default: () => 0 }),
  relative: Schema.optionalWith(Schema.NonNegative, { default: () => 0 }),
  trailing: Schema.optionalWith(Schema.Literal("keep", "ignore"), { default: () => "ignore" as const })
})
export type Comparison = typeof Comparison.Type

export const exactly: Comparison = { kind: "exact", absolute: 0, relative: 0, trailing: "ignore" }

/** The lines of an output under a comparison. There is always at least one, perhaps empty. */
export const linesOf = (output: string, comparison: Comparison): ReadonlyArray<string> => {
  const text = output.endsWith("\n") ? output.slice(0, -1) : output
  const lines = text.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line))
  if (comparison.trailing === "keep") return lines
  const trimmed = lines.map((line) => line.replace(/[ \t]+$/, ""))
  while (trimmed.length > 1 && trimmed.at(-1) === "") trimmed.pop()
  return trimmed
}

/** The share of lines that agree, over the longer of the two outputs: 1 is a pass. */
export const lineScore = (expected: string, actual: string, comparison: Comparison): number => {
  const wanted = linesOf(expected, comparison)
  const found = linesOf(actual, comparison)
  const longer = Math.max(wanted.length, found.length)
  let equal = 0
  for (let index = 0; index < longer; index++)
    if (sameLine(wanted[index], found[index], comparison)) equal += 1
  return equal / longer
}

/** The first line where the outputs differ, counted from 1; undefined when they agree. */
export const firstDifference = (
  expected: string,
  actual: string,
  comparison: Comparison
): { readonly line: number; readonly expected?: string; readonly actual?: string } | undefined => {
  const wanted = linesOf(expected, comparison)
  const found = linesOf(actual, comparison)
  const longer = Math.max(wanted.length, found.length)
  for (let index = 0; index < longer; index++) {
    const [left, right] = [wanted[index], found[index]]
    if (sameLine(left, right, comparison)) continue
    return {
      line: index + 1,
      ...(left === undefined ? {} : { expected: left }),
      // One empty line is what no output is split into.
      ...(right === undefined || (right === "" && found.length === 1) ? {} : { actual: right })
    }
  }
  return undefined
}

const sameLine = (wanted: string | undefined, found: string | undefined, comparison: Comparison): boolean => {
  if (wanted === undefined || found === undefined) return false
  if (wanted === found) return true
  return comparison.kind === "numeric" && sameFields(wanted, found, comparison)
}

const sameFields = (wanted: string, found: string, comparison: Comparison): boolean => {
  const left = wanted.trim().split(/\s+/)
  const right = found.trim().split(/\s+/)
  return (
    left.length === right.length && left.every((field, index) => sameField(field, right[index]!, comparison))
  )
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

const sameField = (wanted: string, found: string, { absolute, relative }: Comparison): boolean => {
  if (wanted === found) return true
  if (!decimal.test(wanted) || !decimal.test(found)) return false
  const expected = Number(wanted)
  const difference = Math.abs(Number(found) - expected)
  // Beyond what a double holds every number would be within the relative tolerance.
  if (!Number.isFinite(expected) || !Number.isFinite(difference)) return false
  return difference <= absolute || difference <= relative * Math.abs(expected)
}
