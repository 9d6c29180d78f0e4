import { type CaseResult, type Evaluation, evaluationOf } from "../../../src/domain/evaluation.ts"

const measured = { ms: 1.5, memoryBytes: 4_096 }

export const passed: CaseResult = { ...measured, verdict: "Passed", score: 1, exit: 0 }
export const wrong: CaseResult = {
  ...measured,
  verdict: "WrongAnswer",
  score: 0.5,
  exit: 0,
  actual: "a\0ü\n"
}
const failed: CaseResult = { ...measured, verdict: "RuntimeError", score: 0, exit: 1, error: "Error: no" }

/** An evaluation that may be shared; `size` characters of it are an output. */
export const sample = (size = 3): Evaluation =>
  evaluationOf([passed, { ...wrong, actual: "x".repeat(size) }, wrong, failed])
