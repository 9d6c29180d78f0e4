import { Effect } from "effect"
import { type CaseResult, defaultLimits } from "../../domain/evaluation.ts"
import { breaksItsSandbox } from "../../domain/shareable.ts"
import { Sandbox, type SandboxError } from "../Sandbox.ts"
import type { Judging } from "./fairly.ts"

/**
 * Begins again after a fault, with the case that met it. One that meets it again says something about the program only
 * where a harmless one runs well right after: then the program fails it. A sandbox that does not start is nobody's fault.
 */
export const despiteFaults =
  (judging: Judging<SandboxError, Sandbox>): Judging<SandboxError, Sandbox> =>
  (room, indices, found) =>
    Effect.suspend(() => {
      let faultAt = -1
      const go = (): Effect.Effect<void, SandboxError, Sandbox> =>
        Effect.catchTag(judging(room, indices, found), "SandboxFailed", (fault) => {
          if (found.length !== faultAt) {
            faultAt = found.length
            return go()
          }
          if (fault.during !== "compiling" && fault.during !== "case") return Effect.fail(fault)
          return Effect.flatMap(runsWell, (well) => {
            if (!well || found.length >= indices.length) return Effect.fail(fault)
            found.push(brokenBy(`${breaksItsSandbox}: ${fault.reason}`))
            return found.length < indices.length ? go() : Effect.void
          })
        })
      return go()
    })

const runsWell = Effect.gen(function* () {
  const job = {
    language: "python",
    source: "print(input())",
    inputs: ["well\n"],
    limits: defaultLimits
  } as const
  const run = yield* (yield* Sandbox).run(job)
  return run._tag === "Ran" && run.executions[0]?.stdout === "well\n"
}).pipe(Effect.catchAll(() => Effect.succeed(false)))

const brokenBy = (error: string): CaseResult => ({
  verdict: "RuntimeError",
  score: 0,
  ms: 0,
  memoryBytes: 0,
  signal: "SIGKILL",
  error
})
