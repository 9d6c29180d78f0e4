import type { Execution, ProgramRun } from "../../src/domain/evaluation.ts"
import type { IoCase } from "../../src/domain/problem.ts"
import type { Random } from "../../src/domain/random.ts"

/**
 * Programs for searches that need no interpreter: a text says what it does on each case, by a letter, so that a pure
 * function can run it. The task is to print the input and, below it, the word `end`.
 */
const letters = "PHWRSTMO"

export const casesOf = (count: number): ReadonlyArray<IoCase> =>
  Array.from({ length: count }, (_, index) => ({ input: `${index}`, output: `${index}\nend\n` }))

/** The text of the program that does what the letters say; `name` only makes texts differ. */
export const programText = (name: string, does: string): string => `import ${name}\nprint("${does}")\n`

export const answerWith = (program: string): string => `Here it is:\n\n\`\`\`python\n${program}\`\`\`\n`

/** A program that is right on each case with a probability of `skill`, from few texts, so that some occur again. */
export const drawProgram = (random: Random, cases: number, skill: number): string => {
  const does = Array.from({ length: cases }, () =>
    random.chance(skill) ? "P" : letters[random.integer(1, letters.length - 1)]
  )
  return programText(`m${random.integer(0, 2)}`, does.join(""))
}

const execution = (ending: Execution["ending"], stdout = "", stderr = ""): Execution => ({
  ending,
  stdout,
  stderr,
  cpuMs: 1,
  wallMs: 1,
  memoryBytes: 1
})

const behaviours: Readonly<Record<string, (input: string) => Execution>> = {
  P: (input) => execution({ _tag: "Exited", code: 0 }, `${input}\nend\n`),
  H: (input) => execution({ _tag: "Exited", code: 0 }, `${input}\nno end\n`),
  W: () => execution({ _tag: "Exited", code: 0 }, "wrong"),
  R: (input) => execution({ _tag: "Exited", code: 1 }, "", `Error at ${input}`),
  S: () => execution({ _tag: "Signaled", signal: "SIGSEGV" }, "", ""),
  T: () => execution({ _tag: "TimeLimit" }, "cut off by time"),
  M: () => execution({ _tag: "MemoryLimit" }, "cut off by memory"),
  O: () => execution({ _tag: "OutputLimit" }, "cut off by size")
}

/** Runs a text on inputs, each of which is the number of its case; beyond the letters they begin again. */
export const runSmallProgram = (source: string, inputs: ReadonlyArray<string>): ProgramRun => {
  const does = /print\("(\w+)"\)/.exec(source)?.[1]
  if (does === undefined) return { _tag: "CompileError", diagnostics: "it says nothing" }
  return {
    _tag: "Ran",
    executions: inputs.map((input) => behaviours[does[Number(input) % does.length]!]!(input))
  }
}
