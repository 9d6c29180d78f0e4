import { beginning, ending } from "../cut.ts"
import type { CaseResult, Evaluation } from "../evaluation.ts"
import type { Case } from "../problem.ts"
import { hintFor } from "./hint.ts"

/** Inputs and outputs are quoted up to here. */
const quoted = 1_000

/**
 * What went wrong with a program, in words for a model: its first case with the lowest score, as the published
 * system does. An error's text if it failed to run; else the input, what was expected and what came; of a unit test,
 * the test and the error; of a critic, its report. What a limit cut off is not quoted, since it depends on the machine.
 * The program is only looked at for a hint.
 */
export const failureText = (evaluation: Evaluation, cases: ReadonlyArray<Case>, program: string): string => {
  const index = firstLowest(evaluation)
  const result = evaluation.cases[index]
  const item = cases[index]
  if (result === undefined || item === undefined) return "There is nothing to compare."
  return withHint(told(item, result), item, result, program)
}

const told = (item: Case, result: CaseResult): string => {
  // The first error is the one to mend: what follows may come of it.
  if (result.verdict === "CompileError") {
    return `It does not compile:\n${beginning((result.error ?? "").trim(), quoted)}`
  }
  if (result.verdict === "NoProgram") return "There was no program in the answer."
  const { given, wanted } = wordsOf(item)
  switch (result.verdict) {
    case "TimeLimit":
      return `${given}it runs for too long and is stopped.${wanted}`
    case "MemoryLimit":
      return `${given}it needs too much memory and is stopped.${wanted}`
    case "OutputLimit":
      return `${given}it prints far too much and is stopped.${wanted}`
    case "RuntimeError":
      return `${given}${death(result)}`
    case "WrongAnswer":
    case "Skipped":
    case "Passed":
      return `${given}${wrongly(item, result)}`
  }
}

/** The fixed sentence that serves as an instruction when no model is asked. */
export const staticInstruction = (
  evaluation: Evaluation,
  cases: ReadonlyArray<Case>,
  program: string
): string => {
  const index = firstLowest(evaluation)
  const result = evaluation.cases[index]
  const item = cases[index]
  if (result === undefined || item === undefined) return "Make sure that the program solves the problem."
  if (result.verdict === "CompileError" || result.verdict === "RuntimeError") {
    return `Mend this error. ${failureText(evaluation, cases, program)}`
  }
  if ("test" in item) return `Make sure that this test passes:\n${quote(item.test)}`
  if ("argument" in item)
    return `Make sure that the judge is content. ${failureText(evaluation, cases, program)}`
  const wanted = `Make sure that for the input\n${quote(item.input)}the program prints\n${quote(item.output)}`
  return withHint(wanted, item, result, program)
}

/** The instruction for a place whose answer held no program. */
export const noProgramInstruction =
  "There is no program yet: write the complete program in one fenced code block."

const firstLowest = ({ cases }: Evaluation): number => {
  let lowest = 0
  for (const [index, { score }] of cases.entries()) if (score < cases[lowest]!.score) lowest = index
  return lowest
}

/** How a sentence about a case begins, and what may be added about what was wanted. */
const wordsOf = (item: Case): { readonly given: string; readonly wanted: string } => {
  if ("test" in item) return { given: `In this test:\n${quote(item.test)}`, wanted: "" }
  if ("argument" in item) {
    const given = item.argument === "" ? "When it is judged, " : `When it is judged with ${item.argument}, `
    return { given, wanted: "" }
  }
  return {
    given: `For the input:\n${quote(item.input)}`,
    wanted: ` Expected output:\n${quote(item.output)}`
  }
}

const wrongly = (item: Case, { actual, error = "" }: CaseResult): string => {
  if ("test" in item) return error === "" ? "it gives a wrong result." : `it fails:\n${quoteEnd(error)}`
  if ("argument" in item) return `it does not pass:\n${quoteEnd(error)}`
  const came = actual?.trim() === "" ? " nothing.\n" : `:\n${quote(actual ?? "")}`
  return `it should print:\n${quote(item.output)}but it prints${came}`
}

const death = ({ error = "", exit = 1, signal }: CaseResult): string => {
  const how = signal === undefined ? `it fails with exit status ${exit}` : `it is ended by ${signal}`
  return error.trim() === "" ? `${how}.` : `${how}:\n${quoteEnd(error)}`
}

const withHint = (text: string, item: Case, result: CaseResult, program: string): string => {
  const hint = hintFor(item, result, program)
  return hint === "" ? text : `${text}${text.endsWith("\n") ? "" : "\n"}${hint}\n`
}

const quote = (text: string): string => {
  const cut = text.length <= quoted ? text : `${beginning(text, quoted)} … (${text.length} characters)`
  return cut === "" || cut.endsWith("\n") ? cut : `${cut}\n`
}

const quoteEnd = (text: string): string => ending(text.trim(), quoted)
