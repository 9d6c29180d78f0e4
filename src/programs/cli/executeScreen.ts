import { firstDifference } from "../../domain/comparison.ts"
import type { CaseResult } from "../../domain/evaluation.ts"
import { printableLine } from "../../domain/printable.ts"
import { durationText, sizeText } from "../../domain/units.ts"
import type { Executed } from "../execute.ts"
import { limitText } from "../limitText.ts"

/** What a screen says of cases in a row that have the same to say: from the first to the last, both counted. */
export interface Row {
  readonly first: number
  readonly last: number
  readonly result: CaseResult
  /** The most that one of them has used: ms of processor time, bytes of memory. */
  readonly ms: number
  readonly memoryBytes: number
  readonly about: string
}

/** The cases of an execution, those in a row together whose verdict, score and detail are the same. */
export const rowsOf = (executed: Executed): ReadonlyArray<Row> => {
  const rows: Array<Row> = []
  for (const [index, result] of executed.evaluation.cases.entries()) {
    const { memoryBytes, ms } = result
    const row = {
      first: index,
      last: index,
      result,
      ms,
      memoryBytes,
      about: aboutOf(executed, result, index)
    }
    const before = rows.at(-1)
    if (before !== undefined && isSame(before, row)) {
      const most = { ms: Math.max(before.ms, ms), memoryBytes: Math.max(before.memoryBytes, memoryBytes) }
      rows[rows.length - 1] = { ...before, ...most, last: index }
    } else rows.push(row)
  }
  return rows
}

const isSame = (left: Row, right: Row): boolean =>
  left.result.verdict === right.result.verdict &&
  left.result.score === right.result.score &&
  left.about === right.about

/** A row in columns; `paint` colours the verdict. */
export const rowText = (
  { about, first, last, memoryBytes, ms, result }: Row,
  paint: (text: string) => string
): string => {
  const cases = first === last ? String(first) : `${first}–${last}`
  const hasRun =
    result.verdict !== "Skipped" && result.verdict !== "CompileError" && result.verdict !== "NoProgram"
  const used = hasRun
    ? `${ms.toFixed(1).padStart(8)} ms  ${usedText(memoryBytes).padStart(8)}`
    : " ".repeat(21)
  const line = `${cases.padStart(9)}  ${paint(result.verdict.padEnd(12))}  ${result.score.toFixed(3)}  ${used}`
  return about === "" ? line.trimEnd() : `${line}  ${about}`
}

/** What a compiler has said, below the row that has the line which tells most. */
export const diagnosticsOf = ({ result }: Row): ReadonlyArray<string> => {
  if (result.verdict !== "CompileError") return []
  const lines = (result.error ?? "").split("\n").filter((line) => line.trim() !== "")
  if (lines.length < 2) return []
  const shown = lines.slice(0, mostDiagnostics).map((line) => `${" ".repeat(11)}${printableLine(line)}`)
  const left = lines.length - shown.length
  return left === 0 ? shown : [...shown, `${" ".repeat(11)}… and ${left} more lines; --json has them all`]
}

const mostDiagnostics = 20

/** What a case may use, and the most that one has used. */
export const limitsText = ({ evaluation: { cases }, limits }: Executed): string => {
  const most = (numbers: ReadonlyArray<number>) => Math.max(0, ...numbers)
  const time = durationText(most(cases.map(({ ms }) => ms)))
  const memory = usedText(most(cases.map(({ memoryBytes }) => memoryBytes)))
  return (
    `limits of a case: ${durationText(limits.timeMs)} of processor time, ${sizeText(limits.memoryBytes)} of memory, ` +
    `${sizeText(limits.outputBytes)} of output; most used: ${time}, ${memory}`
  )
}

/** The first line that is not as expected, where lines are compared. */
export const differenceOf = ({ problem: { check }, cases }: Executed, result: CaseResult, index: number) => {
  const item = cases[index]
  return check._tag === "Lines" && item !== undefined && "input" in item && result.verdict === "WrongAnswer"
    ? firstDifference(item.output, result.actual ?? "", check.comparison)
    : undefined
}

/** Memory is measured in pages of a process: what is less than a megabyte says nothing. */
const usedText = (bytes: number): string => (bytes < 2 ** 20 ? "< 1 MB" : sizeText(bytes))

/** What went wrong, on one line. */
const aboutOf = (executed: Executed, result: CaseResult, index: number): string => {
  const { limits } = executed
  switch (result.verdict) {
    case "WrongAnswer": {
      const difference = differenceOf(executed, result, index)
      return difference === undefined
        ? onOneLine(result.error)
        : `line ${difference.line}: expected ${quoted(difference.expected)}, printed ${isBlank(result) ? "nothing" : quoted(difference.actual)}`
    }
    case "RuntimeError":
      return failureText(result)
    case "CompileError":
      return errorLine(result.error)
    default:
      return limitText(result, limits) ?? ""
  }
}

const failureText = ({ error, exit, signal }: CaseResult): string => {
  const said = `${placeIn(error)}${tellingLine(error)}`
  if (signal === undefined && exit === 0) return said
  const ended = signal === undefined ? `exit status ${exit}` : `ended by ${signal}`
  return said === "" ? ended : `${ended}: ${said}`
}

const isBlank = ({ actual = "" }: CaseResult): boolean => actual.trim() === ""

const quoted = (line: string | undefined): string =>
  line === undefined
    ? "nothing"
    : printableLine(JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line))

/** Of a unit test, what failed and what the call before gave. */
const onOneLine = (text = ""): string => printableLine(text.trim()).slice(0, 600)

const lastLine = (text = ""): string => printableLine(text.trim().split("\n").at(-1) ?? "").slice(0, 240)

const isError = /^\S.*(?:\berror\b|Error\b)|^error\b/i
const isPlaced = /^\S+:\d+/

/** The line of a compiler that tells most: the first one about an error, else about a place, else the last one. */
const errorLine = (text = ""): string => {
  const lines = text.split("\n")
  const line = lines.find((one) => isError.test(one)) ?? lines.find((one) => isPlaced.test(one)) ?? text
  return `${placeIn(text)}${lastLine(line)}`
}

const frame = /^\s|^$|^note: run with|^Node\.js v|^\}|^Require stack:$|^- /

/** In which line of a Python program an exception was raised, which its last line does not say. */
const placeIn = (text = ""): string => {
  const places = [...text.matchAll(/^ {2}File "program\.py", line (\d+)/gm)]
  const line = places.at(-1)?.[1]
  return line === undefined ? "" : `line ${line}: `
}

/** What an exception says, which some languages put before the trace and others behind it. */
const tellingLine = (text = ""): string => {
  const lines = text.split("\n").filter((line) => !frame.test(line))
  return lastLine(lines.length === 0 ? text : lines.join("\n"))
}
