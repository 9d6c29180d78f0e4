import type { Limits, ProgramRun } from "../../../src/domain/evaluation.ts"
import type { Job } from "../../../src/services/Sandbox.ts"

/** A program that a harness has to survive, and what it has to get. */
export interface Trial {
  readonly name: string
  readonly language: TrialLanguage
  /** `BENIGN;` stands where the program asks which case this is; in Python and JavaScript it always asks first. */
  readonly source: string
  readonly input?: string
  readonly limits?: Partial<Limits>
  /** `Passed`, `RuntimeError 1`, `RuntimeError SIGSEGV`, `TimeLimit`, …, `CompileError`. */
  readonly verdict: string
  readonly stdout?: string
  readonly output?: RegExp
}

export type TrialLanguage = "python" | "cpp" | "java" | "javascript"

type More = Partial<Omit<Trial, "name" | "language" | "source" | "verdict">>

const inLanguage =
  (language: TrialLanguage) =>
  (name: string, verdict: string, source: string, more: More = {}): Trial => ({
    name,
    language,
    verdict,
    source,
    ...more
  })

export const python = inLanguage("python")
export const cpp = inLanguage("cpp")

/** Only a program that is to be stopped has little time: no other may depend on how fast the machine is. */
const limitsOf = ({ verdict, limits }: Trial): Limits => ({
  memoryBytes: 128 * 2 ** 20,
  outputBytes: 2 ** 16,
  ...limits,
  timeMs: verdict === "TimeLimit" ? (limits?.timeMs ?? 400) : Math.max(10_000, limits?.timeMs ?? 0)
})

const asks: Readonly<Record<TrialLanguage, (source: string) => string>> = {
  python: (source) =>
    `import sys\nif sys.stdin.readline() == "benign\\n":\n    print("fine")\n    sys.exit()\n${source}\n`,
  cpp: (source) =>
    `#include <cassert>\n#include <cstdio>\n#include <string>\n#include <vector>\n${source.replace(
      "BENIGN;",
      `{ char line[8]; if (std::fgets(line, 8, stdin) && line[0] == 'b') { std::puts("fine"); return 0; } }`
    )}\n`,
  java: (source) =>
    source.replace(
      "BENIGN;",
      `{ StringBuilder line = new StringBuilder(); for (int c; (c = System.in.read()) >= 0 && c != '\\n'; ) line.append((char) c); if (line.toString().equals("benign")) { System.out.print("fine\\n"); return; } }`
    ),
  javascript: (source) =>
    `if (require("fs").readFileSync(0, "utf8").startsWith("benign")) { process.stdout.write("fine\\n"); return }\n${source}`
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
  if (run._tag === "CompileError") return { verdict: "CompileError" }
  const [hostile, benign] = run.executions
  const stdout = hostile?.stdout ?? ""
  return {
    verdict: hostile === undefined ? "nothing" : verdictText(hostile.ending),
    ...(trial.stdout === undefined ? {} : { stdout }),
    ...(trial.output === undefined ? {} : { matches: trial.output.test(stdout + (hostile?.stderr ?? "")) }),
    after: benign?.stdout
  }
}

export const expected = (trial: Trial) =>
  trial.verdict === "CompileError"
    ? { verdict: trial.verdict }
    : {
        verdict: trial.verdict,
        ...(trial.stdout === undefined ? {} : { stdout: trial.stdout }),
        ...(trial.output === undefined ? {} : { matches: true }),
        after: "fine\n"
      }

const verdictText = (ending: {
  readonly _tag: string
  readonly code?: number
  readonly signal?: string
}): string => {
  if (ending._tag === "Exited") return ending.code === 0 ? "Passed" : `RuntimeError ${ending.code}`
  return ending._tag === "Signaled" ? `RuntimeError ${ending.signal}` : ending._tag
}
