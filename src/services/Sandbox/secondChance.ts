import { Effect } from "effect"
import type { Execution, Limits } from "../../domain/evaluation.ts"
import { breaksItsSandbox } from "../../domain/shareable.ts"
import type { Confinement } from "./confinement.ts"
import type { Toolchain } from "./driver.ts"
import type { RunnerFault } from "./runner.ts"
import type { SandboxRun } from "./SandboxRun.ts"
import { runInSandbox } from "./session.ts"

/** After so many cases that a program breaks its sandbox on, the others are taken to do the same. */
const mostBroken = 3

export interface SecondChance {
  /** Goes on from what is in `executions`, in a fresh sandbox. */
  readonly attempt: () => Effect.Effect<SandboxRun, RunnerFault>
  readonly executions: Array<Execution>
  /** How many executions there are to be. */
  readonly count: number
  /** Whether a harmless program runs well in a fresh sandbox, now. */
  readonly isWell: Effect.Effect<boolean>
}

/**
 * A fault says nothing about the program, unless the same input meets it again in a fresh sandbox, and a harmless program runs
 * well right after that: then the case is one that the program fails. A sandbox that does not start is nobody's fault.
 */
export const withSecondChance = ({
  attempt,
  count,
  executions,
  isWell
}: SecondChance): Effect.Effect<SandboxRun, RunnerFault> =>
  Effect.suspend(() => {
    let faultAt = -1
    let broken = 0
    const go = (): Effect.Effect<SandboxRun, RunnerFault> =>
      Effect.catchAll(attempt(), (fault) => {
        if (executions.length !== faultAt) {
          faultAt = executions.length
          return go()
        }
        return fault.during === "start"
          ? Effect.fail(fault)
          : Effect.flatMap(isWell, (well) => (well ? charged(fault) : Effect.fail(fault)))
      })
    const charged = ({ during, reason }: RunnerFault): Effect.Effect<SandboxRun, RunnerFault> => {
      const said = `${breaksItsSandbox}: ${reason}`
      const none = { compiled: undefined, diagnostics: undefined }
      if (during === "compiling") return Effect.succeed({ ...none, diagnostics: said, executions: [] })
      broken += 1
      do executions.push(brokenBy(said))
      while (broken >= mostBroken && executions.length < count)
      return executions.length < count ? go() : Effect.succeed({ ...none, executions })
    }
    return go()
  })

const brokenBy = (stderr: string): Execution => ({
  ending: { _tag: "Signaled", signal: "SIGKILL" },
  stdout: "",
  stderr,
  cpuMs: 0,
  wallMs: 0,
  memoryBytes: 0
})

const limits: Limits = { timeMs: 5_000, memoryBytes: 128 * 2 ** 20, outputBytes: 2 ** 16 }

/** Whether a program that does no harm runs well in a fresh sandbox; `toolchain` is Python's. */
export const runsWell = (confinement: Confinement, toolchain: Toolchain): Effect.Effect<boolean> =>
  runInSandbox({
    confinement,
    toolchain,
    job: { language: "python", source: "print(input())", inputs: ["well\n"], limits },
    skipAfter: 1,
    stopMs: limits.timeMs,
    compiled: undefined
  }).pipe(
    Effect.map(({ executions }) => executions[0]?.stdout === "well\n"),
    Effect.catchAll(() => Effect.succeed(false))
  )
