import type { Limits, ProgramRun } from "../../../src/domain/evaluation.ts"
import type { TaskLanguage } from "../../../src/domain/language.ts"
import type { Job } from "../../../src/services/Sandbox.ts"

/** A program that a harness has to survive, and what it has to get. */
export interface Trial {
  readonly name: string
  readonly language: TaskLanguage
  /** C++: `BENIGN;` stands where the program asks which case this is. */
  readonly source: string
  readonly input?: string
  readonly limits?: Partial<Limits>
  /** `Exited 0`, `Signaled SIGSEGV`, `TimeLimit`, …, `CompileError`. */
  readonly ending: string
  readonly stdout?: string
  readonly output?: RegExp
  /** Only a confined program gets this: what it tries is possible for a plain process. */
  readonly confinedOnly?: true
}

type More = Partial<Omit<Trial, "name" | "language" | "source" | "ending">>

const inLanguage =
  (language: TaskLanguage) =>
  (name: string, ending: string, source: string, more: More = {}): Trial => ({
    name,
    language,
    ending,
    source,
    ...more
  })

export const python = inLanguage("python")
export const cpp = inLanguage("cpp")

/** Only a program that is to be stopped has little time: no other may depend on how fast the machine is. */
const limitsOf = ({ ending, limits }: Trial): Limits => ({
  timeMs: ending === "TimeLimit" ? 400 : 10_000,
  memoryBytes: 128 * 2 ** 20,
  outputBytes: 2 ** 16,
  ...limits
})

const asks: Readonly<Record<TaskLanguage, (source: string) => string>> = {
  python: (source) =>
    `import sys\nif sys.stdin.readline() == "benign\\n":\n    print("fine")\n    sys.exit()\n${source}\n`,
  cpp: (source) =>
    `#include <cassert>\n#include <cstdio>\n#include <string>\n#include <vector>\n${source.replace(
      "BENIGN;",
      `{ char line[8]; if (std::fgets(line, 8, stdin) && line[0] == 'b') { std::puts("fine"); return 0; } }`
    )}\n`
}

/** The trial's case, and after it, in the same sandbox, a benign one. */
export const jobOf = (trial: Trial): Job => ({
  language: trial.language,
  source: asks[trial.language](trial.source),
  inputs: [`\n${trial.input ?? ""}`, "benign\n"],
  limits: limitsOf(trial)
})

/** What came of it, in a form to be compared with `expected`. */
export const found = (trial: Trial, run: ProgramRun) => {
  if (run._tag === "CompileError") return { ending: "CompileError" }
  const [hostile, benign] = run.executions
  const stdout = hostile?.stdout ?? ""
  return {
    ending: hostile === undefined ? "nothing" : endingText(hostile.ending),
    ...(trial.stdout === undefined ? {} : { stdout }),
    ...(trial.output === undefined ? {} : { matches: trial.output.test(stdout + (hostile?.stderr ?? "")) }),
    after: benign?.stdout
  }
}

export const expected = (trial: Trial) =>
  trial.ending === "CompileError"
    ? { ending: trial.ending }
    : {
        ending: trial.ending,
        ...(trial.stdout === undefined ? {} : { stdout: trial.stdout }),
        ...(trial.output === undefined ? {} : { matches: true }),
        after: "fine\n"
      }

const endingText = (ending: {
  readonly _tag: string
  readonly code?: number
  readonly signal?: string
}): string => [ending._tag, ending.code, ending.signal].filter((part) => part !== undefined).join(" ")
