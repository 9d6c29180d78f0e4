import { Effect } from "effect"
import type { Execution, Limits } from "../../domain/evaluation.ts"
import type { SandboxRun } from "./SandboxRun.ts"

/**
 * Processor time grows with what else runs on the machine: by caches and by cores that are two threads of one. Up to
 * this many times the limit, a program that has had company is not yet known to be too slow.
 */
const doubt = 1.5

/** After how many time limits in a row the rest of the cases is skipped, where nothing else is said. */
export const skipAfter = 3

/** At how much processor time, in ms, a program is ended that runs beside others. */
export const stopBeside = ({ timeMs }: Limits): number => doubt * timeMs

/** A time limit that a busy machine may have made: little over the limit, or ended by the clock on the wall. */
const isDoubtful = ({ cpuMs, ending }: Execution, limits: Limits): boolean =>
  ending._tag === "TimeLimit" && cpuMs < stopBeside(limits)

/** How many executions at the end have broken the time limit, one after another. */
export const timeLimitsAtEnd = (executions: ReadonlyArray<Execution>): number => {
  let count = 0
  while (executions.at(-1 - count)?.ending._tag === "TimeLimit") count += 1
  return count
}

export interface FairRun<E> {
  readonly limits: Limits
  readonly inputs: ReadonlyArray<string>
  /** After how many time limits in a row the rest is skipped. */
  readonly skipAfter: number
  /** Goes on from what is in `keep`, beside other sandboxes, to the end or to where the rest is to be skipped. */
  readonly beside: (keep: Array<Execution>) => Effect.Effect<SandboxRun, E>
  /** Runs these inputs with nothing beside it, each of them. */
  readonly alone: (inputs: ReadonlyArray<string>) => Effect.Effect<SandboxRun, E>
}

/** Runs a program so that its verdicts do not depend on load: a doubtful time limit is run again alone. */
export const runFairly = <E>({
  alone,
  beside,
  inputs,
  limits,
  skipAfter
}: FairRun<E>): Effect.Effect<SandboxRun, E> =>
  Effect.gen(function* () {
    const keep: Array<Execution> = []
    let sure = 0
    while (true) {
      const run = yield* beside(keep)
      if (run.diagnostics !== undefined) return run
      const doubtful = keep.flatMap((execution, index) =>
        index >= sure && isDoubtful(execution, limits) ? [index] : []
      )
      if (doubtful.length > 0) {
        const again = yield* alone(doubtful.map((index) => inputs[index]!))
        for (const [at, index] of doubtful.entries()) keep[index] = again.executions[at] ?? keep[index]!
      }
      sure = keep.length
      if (sure === inputs.length || timeLimitsAtEnd(keep) >= skipAfter) {
        return { ...run, executions: [...keep, ...Array<Execution>(inputs.length - sure).fill(skipped)] }
      }
    }
  })

const skipped: Execution = {
  ending: { _tag: "Skipped" },
  stdout: "",
  stderr: "",
  cpuMs: 0,
  wallMs: 0,
  memoryBytes: 0
}
