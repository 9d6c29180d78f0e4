import type { Language } from "../../../src/domain/language.ts"
import type { Verdict } from "../../../src/domain/verdict.ts"
import { cpp } from "./cpp.ts"
import { javascript } from "./javascript.ts"
import { python } from "./python.ts"
import type { Row } from "./words.ts"

/** The task of all of them: two numbers on a line, and their sum. */
export const cases = [
  { input: "2 40\n", output: "42\n" },
  { input: "-5 3\n", output: "-2\n" }
]

/** An answer as models give it, the verdict of its program on each case, and what the model is told of it. */
export interface MessyAnswer {
  readonly what: string
  readonly language: Language
  readonly answer: string
  readonly verdict: Verdict
  /** The whole text, or what it has to hold. */
  readonly told: string | RegExp
}

const inLanguage = (language: Language, rows: ReadonlyArray<Row>): ReadonlyArray<MessyAnswer> =>
  rows.map(([what, answer, verdict, told]) => ({ what, language, answer, verdict, told }))

export const answers: ReadonlyArray<MessyAnswer> = [
  ...inLanguage("python", python),
  ...inLanguage("cpp", cpp),
  ...inLanguage("javascript", javascript)
]
