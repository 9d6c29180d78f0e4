import type { CaseResult, Evaluation } from "./evaluation.ts"

/**
 * Whether an evaluation may stand for a later one of the same program on the same cases. Time, memory and what was
 * skipped because of them depend on the machine and its load; a death by SIGKILL may be the kernel's, out of memory.
 */
export const isShareable = ({ cases }: Evaluation): boolean => cases.every(isSteady)

const isSteady = ({ verdict, signal }: CaseResult): boolean => {
  switch (verdict) {
    case "Passed":
    case "WrongAnswer":
    case "OutputLimit":
    case "CompileError":
      return true
    case "RuntimeError":
      return signal !== "SIGKILL"
    case "TimeLimit":
    case "MemoryLimit":
    case "NoProgram":
    case "Skipped":
      return false
  }
}
