import { type Language, languages } from "../language.ts"
import type { Case, Problem } from "../problem.ts"

/** The task as every prompt states it: the same text for all requests of a run, so that the log stores it once. */
export const problemSection = (problem: Problem): string => {
  const examples = problem.validation.slice(0, problem.promptExamples)
  const parts = [`Problem: ${problem.name}`, problem.description.trim(), inputOutputRule]
  if (examples.length > 0) parts.push(examples.map(exampleText).join("\n"))
  return `${parts.join("\n\n")}\n`
}

/** A program as a fenced block, whose fence is longer than any in the program: no program ends its own block. */
export const programSection = (program: string, language: Language): string => {
  const longest = (program.match(/`{3,}/g) ?? []).reduce((most, { length }) => Math.max(most, length), 2)
  const fence = "`".repeat(longest + 1)
  return `${fence}${language}\n${program.endsWith("\n") ? program : `${program}\n`}${fence}\n`
}

export const titleOf = (language: Language): string => languages[language].title

const inputOutputRule =
  "The program reads its input from standard input and prints exactly the output, nothing else, to standard output."

const exampleText = ({ input, output }: Case, index: number): string =>
  `Example ${index + 1}\nInput:\n${closed(input)}Output:\n${closed(output)}`

const closed = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`)
