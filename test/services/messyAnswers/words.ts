import type { Verdict } from "../../../src/domain/verdict.ts"

export const fence = "```"
export const fenced = (tag: string, ...lines: ReadonlyArray<string>): string =>
  [`${fence}${tag}`, ...lines, fence].join("\n")
export const reads = "a, b = map(int, input().split())"
export const given = "For the input:\n2 40\n"
export const wrong = (printed: string): string => `${given}it should print:\n42\nbut it prints${printed}\n`

export const onlyOutput = "It has to print only the output: no prompts, no labels, no other words.\n"
export const noFiles = "There are no files to read: the input is on standard input.\n"
export const noCall =
  "It has to read the input and print the output itself: to define a function is not enough.\n"
export const readsOn = "It reads more than the input holds.\n"
export const goesOn = "It has to end when its input ends.\n"

export type Row = readonly [what: string, answer: string, verdict: Verdict, told: string | RegExp]
