import type { CaseResult } from "../evaluation.ts"
import type { Case } from "../problem.ts"
import { readsFile, readsOnAndOn, takesArguments, writesFile } from "./habits.ts"

/**
 * One sentence for a model where a failure, beside the program's text, shows one of the habits that programs of models
 * have: prompts and labels, files or arguments instead of standard input, a function that nobody calls, libraries, a
 * loop that the end of the input does not end. Empty where it shows none.
 */
export const hintFor = (item: Case, result: CaseResult, program: string): string => {
  if ("argument" in item) return ""
  const { error = "", verdict } = result
  const isFailure = verdict === "CompileError" || verdict === "RuntimeError"
  if (isFailure && missingLibrary.test(error)) return "Only the standard library is there."
  if (!("input" in item)) return ""
  switch (verdict) {
    case "CompileError":
      return missingMain.test(error) ? "The program needs a main function." : ""
    case "RuntimeError":
      return hintForDeath(result, program)
    case "TimeLimit":
      if (readsFile(program)) return noFiles
      return readsOnAndOn(program) ? goesOn : ""
    case "OutputLimit":
      return readsFile(program) ? noFiles : goesOn
    case "WrongAnswer":
      return hintForOutput(item.output, result.actual ?? "", program)
    default:
      return ""
  }
}

const noFiles = "There are no files to read: the input is on standard input."
const noArguments = "There are no arguments: the input is on standard input."
const goesOn = "It has to end when its input ends."

const hintForDeath = ({ error = "", signal }: CaseResult, program: string): string => {
  if (takesArguments(program)) {
    if (usage.test(error) || outOfRange.test(error) || signal === "SIGSEGV" || signal === "SIGABRT")
      return noArguments
  }
  if (missingFile.test(error) || (error.trim() === "" && readsFile(program))) return noFiles
  return endOfInput.test(error) ? "It reads more than the input holds." : ""
}

const hintForOutput = (expected: string, actual: string, program: string): string => {
  if (readsFile(program)) return noFiles
  if (takesArguments(program) && usage.test(actual)) return noArguments
  if (actual.trim() === "" && expected.trim() !== "") {
    return writesFile(program)
      ? "It has to print the output: a file that it writes is not looked at."
      : "It has to read the input and print the output itself: to define a function is not enough."
  }
  return hasMoreWords(expected, actual)
    ? "It has to print only the output: no prompts, no labels, no other words."
    : ""
}

const missingFile =
  /No such file or directory|\bENOENT\b|FileNotFound|NoSuchFile|\b(?:cannot|can't|could not|failed to|unable to) open\b/i
const endOfInput = /\bEOFError\b|\bNoSuchElementException\b|\bEndOfStreamException\b|\bend of file\b/
const missingLibrary =
  /\bModuleNotFoundError\b|\bCannot find (?:module|package) '[^./]|\bfatal error: \S+: No such file|\bpackage [\w.]+ does not exist|\bno required module provides package|\bcan't find crate for/
const missingMain = /\bundefined reference to [`']main'/
const usage = /^\W*usage\b/im
const outOfRange =
  /\bIndexError\b|\bArrayIndexOutOfBounds|\bindex out of (?:range|bounds)\b|\bnot enough values\b/

/** Whether the lines of `expected` stand in `actual`, in order and whole, with words beside them. */
const hasMoreWords = (expected: string, actual: string): boolean => {
  const rest: Array<string> = []
  let from = 0
  for (const line of expected.split("\n")) {
    const wanted = line.trim()
    if (wanted === "") continue
    const at = placeOf(wanted, actual, from)
    if (at < 0) return false
    rest.push(actual.slice(from, at))
    from = at + wanted.length
  }
  return from > 0 && /\p{L}{2}/u.test([...rest, actual.slice(from)].join(" "))
}

/** Where a text stands in another with no letter, digit or sign right beside it; -1 if nowhere. */
const placeOf = (wanted: string, text: string, from: number): number => {
  for (let at = text.indexOf(wanted, from); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const alone = !/[\p{L}\p{N}_.-]$/u.test(text.slice(Math.max(0, at - 2), at))
    if (alone && !/^(?:[\p{L}\p{N}_]|\.\d)/u.test(text.slice(at + wanted.length, at + wanted.length + 2)))
      return at
  }
  return -1
}
