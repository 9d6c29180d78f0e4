import { type Language, languages } from "../language.ts"
import type { Problem } from "../problem.ts"
import type { ModelRequest, Role } from "../request.ts"
import { samplesOf, temperatureOf } from "../search/temperature.ts"
import type { SearchSettings } from "../settings.ts"
import { problemSection, programSection, titleOf } from "./sections.ts"

/** Asks for a first program. */
export const draftRequest = (settings: SearchSettings, problem: Problem, ordinal: number): ModelRequest => ({
  ...frame(settings, "draft", ordinal),
  user: [
    problemSection(problem),
    `\nWrite the complete ${titleOf(settings.language)} program.`,
    ...beginning(settings.language, problem)
  ]
})

const beginning = (language: Language, { check }: Problem): ReadonlyArray<string> => {
  const start = check._tag === "UnitTests" ? "" : languages[language].start
  return start === "" ? ["\n"] : [" You may begin with:\n", programSection(start, language)]
}

/** Asks what is wrong with a program, given how it failed. */
export const explainRequest = (
  settings: SearchSettings,
  problem: Problem,
  program: string,
  failure: string,
  ordinal: number
): ModelRequest => ({
  ...frame(settings, "explain", ordinal),
  user: [
    problemSection(problem),
    "\nThis program does not solve it:\n",
    programSection(program, settings.language),
    `\n${failure}\n`,
    "In one or two sentences, say what has to be changed in the program. Do not write the program."
  ]
})

/** Asks for a better program; `program` is null where the parent's place holds none. */
export const repairRequest = (
  settings: SearchSettings,
  problem: Problem,
  program: string | null,
  instruction: string,
  ordinal: number
): ModelRequest => ({
  ...frame(settings, "repair", ordinal),
  user: [
    problemSection(problem),
    ...(program === null
      ? ["\nThere is no program yet.\n"]
      : ["\nThis program does not solve it:\n", programSection(program, settings.language)]),
    `\nChange it as follows: ${instruction.trim()}\n`,
    `Answer with the complete ${titleOf(settings.language)} program.`
  ]
})

const systems: Readonly<Record<Role, (language: Language) => string>> = {
  draft: (language) =>
    `You are a programmer who solves problems in ${titleOf(language)}. Answer with one complete program in one fenced code block.`,
  explain: (language) =>
    `You review ${titleOf(language)} programs and tell their authors, briefly and precisely, what to change.`,
  repair: (language) =>
    `You repair ${titleOf(language)} programs. Answer with the whole corrected program in one fenced code block.`
}

/** All that a request depends on of the ordinal with which its place asks. */
export const temperatureFor = (settings: SearchSettings, role: Role, ordinal: number): number =>
  temperatureOf(settings.temperature, role, samplesOf(settings, role), settings.models[role].batch, ordinal)

const frame = (settings: SearchSettings, role: Role, ordinal: number): Omit<ModelRequest, "user"> => {
  return {
    model: settings.models[role].name,
    role,
    system: [systems[role](settings.language)],
    temperature: temperatureFor(settings, role, ordinal)
  }
}
