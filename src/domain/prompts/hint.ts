import type { CaseResult } from "../evaluation.ts"
import type { Case } from "../problem.ts"

/**
 * One sentence for a model where a failure shows one of the habits that programs of models have: prompts and labels,
 * files instead of standard input, a function that nobody calls, a loop that the end of the input does not end. Empty
 * where it shows none.
 */
export const hintFor = (item: Case, result: CaseResult): string => {
  if (!("input" in item)) return ""
  const { actual = "", error = "", verdict } = result
  if (verdict === "OutputLimit") return "It has to end when its input ends."
  if (verdict === "RuntimeError") {
    if (missingFile.test(error)) return "There are no files to read: the input is on standard input."
    if (endOfInput.test(error)) return "It reads more than the input holds."
    return ""
  }
  if (verdict !== "WrongAnswer") return ""
  if (actual.trim() === "" && item.output.trim() !== "") {
    return "It has to read the input and print the output itself: to define a function is not enough."
  }
  return hasMoreWords(item.output, actual)
    ? "It has to print only the output: no prompts, no labels, no other words."
    : ""
}

const missingFile =
  /No such file or directory|\bENOENT\b|FileNotFound|NoSuchFile|\b(?:cannot|can't|could not|failed to|unable to) open\b/i
const endOfInput = /\bEOFError\b|\bNoSuchElementException\b|\bEndOfStreamException\b|\bend of file\b/

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
