import { Effect, Exit, Scope } from "effect"
import type { Conversation, SandboxError, TalkJob } from "../Sandbox.ts"
import type { Confinement } from "./confinement.ts"
import { converse, type Talk } from "./conversation.ts"
import type { Toolchain } from "./driver.ts"
import { stopBeside } from "./fairness.ts"
import type { RunnerFault } from "./runner.ts"
import { faultDuring, prepared } from "./session.ts"

export interface Opening {
  readonly confinement: Confinement
  readonly toolchain: Toolchain
  readonly job: TalkJob
  readonly compiled: Buffer | undefined
}

/** Makes a program ready in one sandbox, which ends with the scope, or where this fails. */
export const openInSandbox = ({ compiled, confinement, job, toolchain }: Opening) =>
  Effect.gen(function* () {
    const stopMs = job.room === "one" ? stopBeside(job.limits) : job.limits.timeMs
    const limits = { ...job.limits, stopMs, wallMs: job.wallMs }
    const runner = yield* confinement.start(toolchain)
    const made = yield* Effect.mapError(
      prepared(runner, { toolchain, job, compiled }, { limits, talks: true }),
      faultDuring("compiling")
    )
    const listening = yield* Effect.scope
    const turn = yield* Effect.makeSemaphore(1)
    const takeTurn = Effect.uninterruptibleMask((restore) =>
      Effect.zipRight(
        restore(turn.take(1)),
        Effect.addFinalizer(() => turn.release(1))
      )
    )
    const talk = Effect.zipRight(takeTurn, converse(runner, job, listening))
    return { ...made, talk }
  }).pipe(closedOnFailure)

/** A conversation whose faults have their names. */
export const named =
  (name: (fault: RunnerFault) => SandboxError) =>
  ({ end, execution, receive, send }: Talk): Conversation => ({
    send: (bytes) => Effect.mapError(send(bytes), inCase(name)),
    end,
    receive: Effect.mapError(receive, inCase(name)),
    execution: Effect.mapError(execution, inCase(name))
  })

const inCase =
  (name: (fault: RunnerFault) => SandboxError) =>
  (fault: RunnerFault): SandboxError =>
    name(faultDuring("case")(fault))

/** What a failed attempt has opened need not wait for the end of the scope. */
const closedOnFailure = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R | Scope.Scope> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const outer = yield* Effect.scope
      const inner = yield* Scope.fork(outer, outer.strategy)
      return yield* restore(Scope.extend(effect, inner)).pipe(
        Effect.onExit((exit) => (Exit.isFailure(exit) ? Scope.close(inner, exit) : Effect.void))
      )
    })
  )
