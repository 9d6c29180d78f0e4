import { Schema } from "effect"
import { type Comparison, lineScore } from "./comparison.ts"
import type { IoCase } from "./problem.ts"
import { Verdict } from "./verdict.ts"

/** Limits of one case: processor time in milliseconds, memory and output in bytes. */
export const Limits = Schema.Struct({
  timeMs: Schema.Int.pipe(Schema.positive()),
  memoryBytes: Schema.Int.pipe(Schema.positive()),
  outputBytes: Schema.Int.pipe(Schema.positive())
})
export type Limits = typeof Limits.Type

export const defaultLimits: Limits = { timeMs: 2_000, memoryBytes: 256 * 2 ** 20, outputBytes: 2 ** 20 }

/** What may be asked for at most: an hour, and a terabyte. */
export const mostLimits = { timeMs: 3_600_000, memoryBytes: 2 ** 40 }

/** How one execution of a program on one input ended, before anything is compared. */
export type Ending =
  | { readonly _tag: "Exited"; readonly code: number }
  | { readonly _tag: "Signaled"; readonly signal: string }
  | { readonly _tag: "TimeLimit" }
  | { readonly _tag: "MemoryLimit" }
  | { readonly _tag: "OutputLimit" }
  | { readonly _tag: "Skipped" }

/**
 * One execution: its end, what it printed (capped), processor and wall time in ms, peak memory in bytes. A byte of
 * `stdout` that is part of no UTF-8 character is one of U+DC80 to U+DCFF.
 */
export interface Execution {
  readonly ending: Ending
  readonly stdout: string
  readonly stderr: string
  readonly cpuMs: number
  readonly wallMs: number
  readonly memoryBytes: number
}

/** A program on all its inputs, in their order, or the reason why there is nothing to run. */
export type ProgramRun =
  | { readonly _tag: "CompileError"; readonly diagnostics: string }
  | { readonly _tag: "Ran"; readonly executions: ReadonlyArray<Execution> }

/** The judgement of one case. `ms` is processor time. Texts are capped; `actual` is absent where it must not be used. */
export const CaseResult = Schema.Struct({
  verdict: Verdict,
  score: Schema.Number,
  ms: Schema.Number,
  memoryBytes: Schema.Number,
  exit: Schema.optionalWith(Schema.Int, { exact: true }),
  signal: Schema.optionalWith(Schema.String, { exact: true }),
  actual: Schema.optionalWith(Schema.String, { exact: true }),
  error: Schema.optionalWith(Schema.String, { exact: true })
})
export type CaseResult = typeof CaseResult.Type

/** A program's judgement on a list of cases. `score` is the mean of the case scores. */
export interface Evaluation {
  readonly score: number
  readonly passed: number
  readonly total: number
  readonly cases: ReadonlyArray<CaseResult>
}

/** Judges what a program printed. Only a clean exit is compared; any other end scores 0. */
export const judge = (cases: ReadonlyArray<IoCase>, run: ProgramRun, comparison: Comparison): Evaluation => {
  if (run._tag === "CompileError") {
    return evaluationOf(cases.map(() => ({ ...nothing, verdict: "CompileError", error: run.diagnostics })))
  }
  return evaluationOf(cases.map((item, index) => judgeCase(item, run.executions[index], comparison)))
}

/** The evaluation of a place whose answer held no program. */
export const noProgram = (total: number): Evaluation =>
  evaluationOf(Array.from({ length: total }, () => ({ ...nothing, verdict: "NoProgram" as const })))

const nothing = { score: 0, ms: 0, memoryBytes: 0 } as const

export const evaluationOf = (cases: ReadonlyArray<CaseResult>): Evaluation => ({
  score: cases.reduce((sum, { score }) => sum + score, 0) / Math.max(1, cases.length),
  passed: cases.filter(({ verdict }) => verdict === "Passed").length,
  total: cases.length,
  cases
})

/** Without halves of characters, which stand for bytes that are no text: a model is sent text, and a log keeps it. */
const whole = (text: string): string => text.replace(/\p{Cs}/gu, "\ufffd")

const judgeCase = (item: IoCase, execution: Execution | undefined, comparison: Comparison): CaseResult => {
  if (execution === undefined) return { ...nothing, verdict: "Skipped" }
  const { ending } = execution
  const measured = { score: 0, ms: execution.cpuMs, memoryBytes: execution.memoryBytes }
  switch (ending._tag) {
    // What a case printed before a limit ended it depends on the machine's load: it is not kept.
    case "TimeLimit":
    case "MemoryLimit":
    case "OutputLimit":
    case "Skipped":
      return { ...measured, verdict: ending._tag }
    case "Signaled":
      return { ...measured, verdict: "RuntimeError", signal: ending.signal, error: execution.stderr }
    case "Exited": {
      if (ending.code !== 0) {
        return { ...measured, verdict: "RuntimeError", exit: ending.code, error: execution.stderr }
      }
      const score = lineScore(item.output, execution.stdout, comparison)
      const verdict = score === 1 ? "Passed" : "WrongAnswer"
      return {
        ...measured,
        score,
        verdict,
        exit: 0,
        ...(score === 1 ? {} : { actual: whole(execution.stdout) })
      }
    }
  }
}
