import { Either, Schema } from "effect"
import type { IoCase } from "../problem.ts"
import type { Kind, Task, Value } from "./task.ts"

/** A value as the lines of a program's input or output; each line ends with a line end. */
export const textOf = (kind: Kind, value: Value): string => {
  switch (kind) {
    case "ints":
    case "floats": {
      const items = (value as ReadonlyArray<number>).map(kind === "ints" ? String : floatText)
      return `${items.length}\n${items.join(" ")}\n`
    }
    case "bool":
      return value ? "True\n" : "False\n"
    case "float":
      return `${floatText(value as number)}\n`
    case "int":
    case "string":
      return `${value}\n`
  }
}

/**
 * A double as Python's `repr` writes it: the shortest digits that read back the same, always with a point or an
 * exponent, in positional form for exponents from -4 to 15.
 */
export const floatText = (value: number): string => {
  if (Number.isNaN(value)) return "nan"
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf"
  const sign = value < 0 || Object.is(value, -0) ? "-" : ""
  const [mantissa = "0", power = "0"] = Math.abs(value).toExponential().split("e")
  const digits = mantissa.replace(".", "")
  const exponent = Number(power)
  if (exponent < -4 || exponent > 15) {
    const places = String(Math.abs(exponent)).padStart(2, "0")
    return `${sign}${mantissa}e${exponent < 0 ? "-" : "+"}${places}`
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0")
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`
}

/** The right outputs for an input. */
export const solved = (task: Task, input: ReadonlyArray<Value>): ReadonlyArray<Value> =>
  // Each task types its own inputs; here all that is known is that they are of the task's kinds.
  (task.solve as (...input: ReadonlyArray<Value>) => ReadonlyArray<Value>)(...input)

/** The case for an input, with the outputs that `solve` gives. */
export const caseOf = (task: Task, input: ReadonlyArray<Value>): IoCase =>
  textCase(task, input, solved(task, input))

const textCase = (task: Task, input: ReadonlyArray<Value>, output: ReadonlyArray<Value>): IoCase => ({
  input: task.inputs.map((kind, index) => textOf(kind, input[index]!)).join(""),
  output: task.outputs.map((kind, index) => textOf(kind, output[index]!)).join("")
})

/** A line of an official file that is not a case of its problem. */
export interface BadLine {
  /** Counted from 1. */
  readonly line: number
  readonly reason: string
}

/** Cases from the text of an official file: JSON lines with the keys `input1`… and `output1`…. Empty lines are skipped. */
export const officialCases = (
  task: Task,
  jsonLines: string
): Either.Either<ReadonlyArray<IoCase>, BadLine> => {
  const cases: Array<IoCase> = []
  for (const [index, text] of jsonLines.split("\n").entries()) {
    if (text.trim() === "") continue
    const parsed = officialCase(task, text)
    if (Either.isLeft(parsed)) return Either.left({ line: index + 1, reason: parsed.left })
    cases.push(parsed.right)
  }
  return Either.right(cases)
}

/** One line of an official file as a case; else what is wrong with it. */
export const officialCase = (task: Task, jsonLine: string): Either.Either<IoCase, string> => {
  let record: unknown
  try {
    record = JSON.parse(jsonLine)
  } catch {
    return Either.left(`expected a JSON object, found ${shown(jsonLine)}`)
  }
  if (typeof record !== "object" || record === null || Array.isArray(record)) {
    return Either.left(`expected a JSON object, found ${shown(jsonLine)}`)
  }
  const fields = record as Readonly<Record<string, unknown>>
  const problem = firstProblem(fields, "input", task.inputs) ?? firstProblem(fields, "output", task.outputs)
  if (problem !== undefined) return Either.left(problem)
  const values = (side: string, kinds: ReadonlyArray<Kind>) =>
    kinds.map((_, index) => fields[`${side}${index + 1}`] as Value)
  return Either.right(textCase(task, values("input", task.inputs), values("output", task.outputs)))
}

const firstProblem = (
  fields: Readonly<Record<string, unknown>>,
  side: string,
  kinds: ReadonlyArray<Kind>
): string | undefined => {
  for (const [index, kind] of kinds.entries()) {
    const key = `${side}${index + 1}`
    const { is, title } = expectations[kind]
    if (!(key in fields)) return `field ${key}: expected ${title}, found nothing`
    if (!is(fields[key]))
      return `field ${key}: expected ${title}, found ${shown(JSON.stringify(fields[key]))}`
  }
  return undefined
}

const expectations: Readonly<
  Record<Kind, { readonly is: (value: unknown) => boolean; readonly title: string }>
> = {
  int: { is: Schema.is(Schema.Int), title: "an integer" },
  float: { is: Schema.is(Schema.Number), title: "a number" },
  string: { is: Schema.is(Schema.String), title: "a string" },
  bool: { is: Schema.is(Schema.Boolean), title: "true or false" },
  ints: { is: Schema.is(Schema.Array(Schema.Int)), title: "a list of integers" },
  floats: { is: Schema.is(Schema.Array(Schema.Number)), title: "a list of numbers" }
}

const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text)
