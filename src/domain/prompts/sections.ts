import { type Language, languages } from "../language.ts"
import type { Case, Problem } from "../problem.ts"

/** The task as every prompt states it: the same text for all requests of a run, so that the log stores it once. */
export const problemSection = (problem: Problem): string => {
  const known = sections.get(problem)
  if (known !== undefined) return known
  const examples = problem.validation.slice(0, problem.promptExamples)
  const parts = [`Problem: ${problem.name}`, problem.description.trim(), ...rulesOf(problem)]
  if (examples.length > 0) parts.push(examples.map(exampleText).join("\n"))
  const section = `${parts.join("\n\n")}\n`
  sections.set(problem, section)
  return section
}

const sections = new WeakMap<Problem, string>()

/** A program as a fenced block, whose fence is longer than any in the program: no program ends its own block. */
export const programSection = (program: string, language: Language): string => {
  const longest = (program.match(/`{3,}/g) ?? []).reduce((most, { length }) => Math.max(most, length), 2)
  const fence = "`".repeat(longest + 1)
  return `${fence}${language}\n${program.endsWith("\n") ? program : `${program}\n`}${fence}\n`
}

export const titleOf = (language: Language): string => languages[language].title

/** What holds for every program that the problem's kind of check judges. */
const rulesOf = ({ check }: Problem): ReadonlyArray<string> => {
  switch (check._tag) {
    case "Lines":
      return [
        "The program reads its input from standard input and prints exactly the output, nothing else, to standard output."
      ]
    case "UnitTests":
      return [
        "The program is the following, completed. It keeps the signature, and has the imports and helpers that it needs.",
        programSection(check.prompt, check.language).trimEnd(),
        `Unit tests call \`${check.entryPoint}\`. The program reads no input and prints nothing, and needs no tests and no main program.`
      ]
    // What such a program has to do at its ends is told by the description alone.
    case "Critic":
      return []
  }
}

const exampleText = (item: Case, index: number): string => {
  const title = `Example ${index + 1}\n`
  if ("test" in item) return `${title}${closed(item.test)}`
  if ("argument" in item) return `${title}Judged with: ${closed(item.argument)}`
  return `${title}Input:\n${closed(item.input)}Output:\n${closed(item.output)}`
}

const closed = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`)
