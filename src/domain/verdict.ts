import { Schema } from "effect"

/**
 * What became of one case. `Passed` and `WrongAnswer` come from comparing; `RuntimeError` is an exit status other
 * than 0 or a death by signal; `Skipped` was never run (after several time limits in a row).
 */
export const Verdict = Schema.Literal(
  "Passed",
  "WrongAnswer",
  "RuntimeError",
  "TimeLimit",
  "MemoryLimit",
  "OutputLimit",
  "CompileError",
  "NoProgram",
  "Skipped"
)
export type Verdict = typeof Verdict.Type

const letters: Readonly<Record<Verdict, string>> = {
  Passed: "P",
  WrongAnswer: "W",
  RuntimeError: "R",
  TimeLimit: "T",
  MemoryLimit: "M",
  OutputLimit: "O",
  CompileError: "C",
  NoProgram: "N",
  Skipped: "S"
}

const verdictOfLetter: ReadonlyMap<string, Verdict> = new Map(
  Verdict.literals.map((verdict) => [letters[verdict], verdict])
)

/** One letter per verdict: the column form in which the log keeps an evaluation. */
export const toLetters = (verdicts: ReadonlyArray<Verdict>): string =>
  verdicts.map((verdict) => letters[verdict]).join("")

/** Whether a letter stands for a verdict. */
export const isLetter = (letter: string): boolean => verdictOfLetter.has(letter)

/** Inverse of `toLetters`; undefined if a letter is unknown. */
export const fromLetters = (text: string): ReadonlyArray<Verdict> | undefined => {
  const verdicts: Array<Verdict> = []
  for (const letter of text) {
    const verdict = verdictOfLetter.get(letter)
    if (verdict === undefined) return undefined
    verdicts.push(verdict)
  }
  return verdicts
}
