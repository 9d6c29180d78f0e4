import type { Execution } from "../../domain/evaluation.ts"

/** What one sandbox has made of a program: all executions up to the end, or why there are none. */
export interface SandboxRun {
  readonly executions: ReadonlyArray<Execution>
  /** Set when the program could not be compiled. */
  readonly diagnostics: string | undefined
  /** The compiled program, where there is such a thing and it was not known before. */
  readonly compiled: Buffer | undefined
}
