import type { CaseResult, Execution } from "../../../domain/evaluation.ts"
import type { Held } from "./dialogue.ts"

/** The judgement of one unit test. What the program's process did wrong goes before what the test says. */
export const resultOf = ({ ended, program, tests }: Held): CaseResult => {
  const measured = { score: 0, ms: program.cpuMs, memoryBytes: program.memoryBytes }
  if (program.ending._tag === "TimeLimit") {
    return ended._tag === "Gone" && !ended.compiled
      ? uncompiled(program)
      : { ...measured, verdict: "TimeLimit" }
  }
  switch (ended._tag) {
    case "Passed":
      return { ...measured, verdict: "Passed", score: 1 }
    case "Failed":
      return { ...measured, verdict: "WrongAnswer", error: ended.error }
    case "Threw":
      return ended.type === "MemoryError"
        ? { ...measured, verdict: "MemoryLimit" }
        : { ...measured, verdict: "RuntimeError", exit: 1, error: ended.trace }
    case "NotCompiled":
      return { ...measured, verdict: "CompileError", error: ended.diagnostics }
    case "Late":
      return { ...measured, verdict: "TimeLimit" }
    case "Gone":
      return ended.compiled ? { ...measured, ...fallen(program) } : uncompiled(program)
    case "Garbled":
      return {
        ...measured,
        verdict: "RuntimeError",
        exit: 1,
        error: "the program wrote where its results go"
      }
    case "TestsGone":
      return { ...measured, ...undecided(tests) }
  }
}

/** The program's process ended instead of giving a result, whatever its status says. */
const fallen = ({ ending, stderr }: Execution): Pick<CaseResult, "verdict" | "exit" | "signal" | "error"> => {
  // A runtime says itself why it ends with another status.
  const thrown = ending._tag === "Exited" && ending.code !== 0 && stderr.trim() !== ""
  switch (ending._tag) {
    case "Exited":
      return {
        verdict: "RuntimeError",
        exit: ending.code,
        error: thrown ? stderr : `${stderr}the program ended itself instead of giving a result`
      }
    case "Signaled":
      return { verdict: "RuntimeError", signal: ending.signal, error: stderr }
    default:
      return { verdict: ending._tag }
  }
}

/** The tests could not look at what came. */
const undecided = ({ ending, stderr }: Execution): Pick<CaseResult, "verdict" | "exit" | "error"> =>
  ending._tag === "TimeLimit" || ending._tag === "MemoryLimit" || ending._tag === "OutputLimit"
    ? { verdict: ending._tag }
    : { verdict: "RuntimeError", exit: 1, error: `${stderr}the test ended before it had decided` }

const uncompiled = ({ ending, memoryBytes, cpuMs }: Execution): CaseResult => ({
  verdict: "CompileError",
  score: 0,
  ms: cpuMs,
  memoryBytes,
  error: ending._tag === "TimeLimit" ? "compiling took too long" : "the compiler died"
})
