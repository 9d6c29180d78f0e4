import type { CaseResult, Evaluation } from "./evaluation.ts"

/** Begins what is said of a program that its sandbox does not survive. */
export const breaksItsSandbox = "it breaks its sandbox"

/**
 * Whether an evaluation may stand for a later one of the same program on the same cases. Time, memory and what was
 * skipped because of them depend on the machine and its load; a death by SIGKILL may be the kernel's, out of memory.
 */
export const isShareable = ({ cases }: Evaluation): boolean => cases.every(isSteady)

const isSteady = ({ error, verdict, signal }: CaseResult): boolean => {
  switch (verdict) {
    case "Passed":
    case "WrongAnswer":
    case "OutputLimit":
      return true
    case "CompileError":
      return !error?.startsWith(breaksItsSandbox)
    case "RuntimeError":
      return signal !== "SIGKILL"
    case "TimeLimit":
    case "MemoryLimit":
    case "NoProgram":
    case "Skipped":
      return false
  }
}
