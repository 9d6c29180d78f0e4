import type { Language } from "../../../domain/language.ts"
import type { Random } from "../../../domain/random.ts"

type Wrapping = (program: string, language: Language) => string

const fenced: Wrapping = (program, language) => `\`\`\`${language}\n${program.trimEnd()}\n\`\`\``

/** The ways in which models hand over a program, the common ones several times. */
const wrappings: ReadonlyArray<Wrapping> = [
  (program, language) => `${fenced(program, language)}\n`,
  (program, language) => `${fenced(program, language)}\n`,
  (program, language) => `${fenced(program, language)}\n`,
  (program, language) =>
    `Here is the program.\n\n${fenced(program, language)}\n\nIt reads the input and prints the result.\n`,
  (program, language) =>
    `Here is the program.\n\n${fenced(program, language)}\n\nIt reads the input and prints the result.\n`,
  (program, language) => `Sure! Let me solve this step by step.\n\n${fenced(program, language)}`,
  (program) => `\`\`\`\n${program.trimEnd()}\n\`\`\`\n`,
  (program, language) => `The corrected program:\n\`\`\`${language}\n${program}`,
  (program, language) =>
    `<think>\nThe input comes line by line, so I read it that way.\n</think>\n\n${fenced(program, language)}\n`,
  (program, language) =>
    `${fenced(program, language)}\n\nSave it and try it:\n\n\`\`\`sh\n./run < input.txt\n\`\`\`\n`,
  (program) => program
]

/** A program as an answer: in a fence, with prose and tags around it, or bare. */
export const wrapped = (program: string, language: Language, random: Random): string =>
  random.pick(wrappings)(program, language)

const mutterings = [
  "",
  "I need more details about the input before I can write this program.",
  "The approach is simple: read the input, go through it once, and print the result.",
  "```\n```\n"
]

/** An answer without a program. */
export const muttering = (random: Random): string => random.pick(mutterings)
