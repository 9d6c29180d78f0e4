import type { TaskLanguage } from "../../../domain/language.ts"
import type { Mistake, Task } from "../../../domain/psb2/task.ts"
import { tasks } from "../../../domain/psb2/tasks.ts"
import type { Random } from "../../../domain/random.ts"
import type { ModelRequest } from "../../../domain/request.ts"

/** What the model reads out of a request: it has nothing but the prompt, as any model. */
export interface Understood {
  /** The built-in problem that the prompt names, if it does. */
  readonly task: Task | undefined
  readonly language: TaskLanguage
  /** The program that the prompt shows. */
  readonly program: string | undefined
  /** What the prompt wants changed. */
  readonly instruction: string | undefined
}

const namesProblem = /^Problem: (.+)$/m
const showsProgram = /This program does not solve it:\n(`{3,})[a-z]*\n([\s\S]*?)\1\n/
const instructs = /\nChange it as follows: ([\s\S]*)\nAnswer with the complete/

export const understand = (request: ModelRequest): Understood => {
  const prompt = request.user.join("")
  const name = namesProblem.exec(prompt)?.[1]
  return {
    task: name === undefined ? undefined : tasks.get(name),
    language: request.system.join("").includes("C++") ? "cpp" : "python",
    program: showsProgram.exec(prompt)?.[2],
    instruction: instructs.exec(prompt)?.[1]
  }
}

/** A program as the model sees it: the right one with some mistakes, and perhaps a fault on its surface. */
export interface Recognised {
  readonly mistakes: ReadonlyArray<Mistake>
  readonly hasSurfaceFault: boolean
}

/** The right program with some mistakes in it. */
export const withMistakes = (task: Task, language: TaskLanguage, mistakes: ReadonlyArray<Mistake>): string =>
  mistakes.reduce((program, { edits }) => {
    const [right, wrong] = edits[language]
    return program.replace(right, () => wrong)
  }, task.programs[language])

/** Recognises a program that the model may have written itself; undefined for anybody else's. */
export const recognise = (task: Task, language: TaskLanguage, program: string): Recognised | undefined => {
  const looked = skeletonOf(program)
  for (const mistakes of subsetsOf(task.mistakes)) {
    const candidate = withMistakes(task, language, mistakes)
    if (skeletonOf(candidate) !== looked) continue
    return { mistakes, hasSurfaceFault: candidate.trim() !== program.trim() }
  }
  return undefined
}

/** A program with a fault on its surface: a colon or semicolon is missing, or an import. */
export const withSurfaceFault = (program: string, random: Random): string => {
  const lines = program.split("\n")
  const candidates = lines.flatMap((line, index) => (isFragile(line) ? [index] : []))
  if (candidates.length === 0) return program
  const hit = random.pick(candidates)
  const line = lines[hit]!
  return isImport(line)
    ? lines.filter((_, index) => index !== hit).join("\n")
    : lines.with(hit, line.replace(lineEnd, "")).join("\n")
}

const lineEnd = /[:;]\s*$/
const isImport = (line: string): boolean => /^(import |from .* import |#include|using namespace)/.test(line)
const isFragile = (line: string): boolean => isImport(line) || lineEnd.test(line)

/** What is left of a program without all that a fault on the surface can touch. */
const skeletonOf = (program: string): string =>
  program
    .split("\n")
    .filter((line) => !isImport(line))
    .map((line) => line.replace(lineEnd, "").trimEnd())
    .join("\n")
    .trim()

/** Few mistakes first, since most programs have few. */
const subsetsOf = <A>(items: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  Array.from({ length: 2 ** items.length }, (_, mask) =>
    items.filter((_, bit) => Math.floor(mask / 2 ** bit) % 2 === 1)
  ).sort((left, right) => left.length - right.length)
