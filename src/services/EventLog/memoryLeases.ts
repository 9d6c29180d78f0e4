import { hostname } from "node:os"
import { Deferred, Effect, Layer } from "effect"
import type { RunId } from "../../domain/ids.ts"
import { Leases, RunHeld } from "../Leases.ts"

interface Holding {
  readonly epoch: number
  /** Absent when nobody holds the run. */
  readonly stop: Deferred.Deferred<void> | undefined
}

/** Leases among the fibers of one process. */
export const layerLeasesMemory = Layer.sync(Leases, () => {
  const holdings = new Map<RunId, Holding>()
  return {
    acquire: Effect.fn("Leases.acquire")(function* (runId: RunId) {
      const stop = yield* Deferred.make<void>()
      const { epoch } = yield* Effect.acquireRelease(
        Effect.suspend(() => {
          const last = holdings.get(runId)
          if (last?.stop !== undefined) {
            return new RunHeld({ runId, host: hostname(), pid: process.pid })
          }
          const holding = { epoch: (last?.epoch ?? 0) + 1, stop }
          holdings.set(runId, holding)
          return Effect.succeed(holding)
        }),
        (held) => Effect.sync(() => holdings.set(runId, { epoch: held.epoch, stop: undefined }))
      )
      return { epoch, stopRequested: Deferred.await(stop) }
    }),
    isHeld: (runId) => Effect.sync(() => holdings.get(runId)?.stop !== undefined),
    requestStop: (runId) =>
      Effect.suspend(() => {
        const stop = holdings.get(runId)?.stop
        return stop === undefined ? Effect.succeed(false) : Effect.as(Deferred.succeed(stop, undefined), true)
      })
  }
})
