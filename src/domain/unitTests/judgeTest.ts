import type { CaseResult, ProgramRun } from "../evaluation.ts"
import { type Assembly, answerTo } from "./assembly.ts"
import { asWritten } from "./asWritten.ts"

const nothing = { score: 0, ms: 0, memoryBytes: 0 } as const

/** Judges the run of one test on one token: it is passed by a clean exit and the answer on the last line, and no other way. */
export const judgeTest = (assembly: Assembly, run: ProgramRun, token: number): CaseResult => {
  const said = (text: string) => asWritten(assembly, text).replaceAll(String(token), "…")
  if (run._tag === "CompileError") {
    return { ...nothing, verdict: "CompileError", error: said(run.diagnostics) }
  }
  const execution = run.executions[0]
  if (execution === undefined) return { ...nothing, verdict: "Skipped" }
  const { ending, stderr, stdout } = execution
  const measured = { score: 0, ms: execution.cpuMs, memoryBytes: execution.memoryBytes }
  const assertion = assertionIn(assembly, stderr)
  switch (ending._tag) {
    case "TimeLimit":
    case "MemoryLimit":
    case "OutputLimit":
    case "Skipped":
      return { ...measured, verdict: ending._tag }
    case "Signaled":
      return { ...measured, verdict: "RuntimeError", signal: ending.signal, error: said(stderr) }
    case "Exited": {
      if (ending.code === 0) {
        const isPassed = stdout.trimEnd().split("\n").at(-1) === String(answerTo(token, assembly.mark))
        if (isPassed) return { ...measured, score: 1, verdict: "Passed", exit: 0 }
        const early = `the program ended before its test had\n${said(stderr)}`.trimEnd()
        return { ...measured, verdict: "RuntimeError", exit: 0, error: early }
      }
      return assertion === undefined
        ? { ...measured, verdict: "RuntimeError", exit: ending.code, error: said(stderr) }
        : { ...measured, verdict: "WrongAnswer", exit: ending.code, error: said(assertion) }
    }
  }
}

/** What the harness has said of the assertion that failed. */
const assertionIn = ({ mark: { name } }: Assembly, stderr: string): string | undefined => {
  const start = stderr.lastIndexOf(`\n${name}:`)
  if (start < 0) return undefined
  const text = stderr.slice(start + name.length + 2)
  const lines = text.split("\n")
  const end = lines.findIndex((line) => /^\s+at |^note: run with|^Exception in thread/.test(line))
  return (end < 0 ? lines : lines.slice(0, end)).join("\n").trim()
}
