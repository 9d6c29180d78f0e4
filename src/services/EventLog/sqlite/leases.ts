import { Clock, Deferred, Effect, Layer, Schedule } from "effect"
import type { RunId } from "../../../domain/ids.ts"
import { LogFailed } from "../../EventLog.ts"
import { elapsedMs } from "../../elapsed.ts"
import { Leases, RunHeld } from "../../Leases.ts"
import { LogFile } from "./connect.ts"
import { whileBusy } from "./failure.ts"
import { fateOf, type Holder, thisProcess } from "./holder.ts"

export interface LeaseRow extends Holder {
  readonly run_id: RunId
  readonly epoch: number
  readonly expires_at: number
  readonly stop_requested: number
}

/** A holder that cannot be seen from here is taken for dead this long (ms) after its last sign of life. */
const lifetime = 30_000
/** How often a holder gives one, and looks whether it shall stop. */
const heartbeat = Schedule.spaced("250 millis")
/** The expiry is moved only when this much (ms) of it is gone, so that a heartbeat is mostly a read. */
const renewAfter = 10_000

const take = `INSERT INTO lease (run_id, epoch, host, machine, pid, pid_started, expires_at)
  VALUES (?, 1, ?, ?, ?, ?, ?)
  ON CONFLICT (run_id) DO UPDATE SET epoch = epoch + 1, host = excluded.host, machine = excluded.machine,
    pid = excluded.pid, pid_started = excluded.pid_started, expires_at = excluded.expires_at, stop_requested = 0
  WHERE epoch = ? RETURNING epoch`

export const layerLeases = Layer.effect(
  Leases,
  Effect.gen(function* () {
    const { file, reader, writer } = yield* LogFile

    const rowOf = (runId: RunId) =>
      whileBusy(
        file,
        "reading its leases",
        reader.unsafe<LeaseRow>("SELECT * FROM lease WHERE run_id = ?", [runId])
      ).pipe(Effect.map(([row]) => row))

    const write = (statement: string, parameters: ReadonlyArray<unknown>) =>
      writer === undefined
        ? Effect.fail(
            new LogFailed({ file, doing: "leasing a run", reason: "it was opened for reading only" })
          )
        : whileBusy(file, "leasing a run", writer.sql.unsafe<{ epoch: number }>(statement, parameters))

    const release = (runId: RunId, epoch: number) =>
      write("UPDATE lease SET expires_at = 0 WHERE run_id = ? AND epoch = ?", [runId, epoch]).pipe(
        // Not given back, it is still replaced: this process will be dead, or its time over.
        Effect.catchAll((error) => Effect.logWarning(error.message)),
        Effect.ensuring(Effect.sync(() => writer?.held.delete(runId)))
      )

    /** Whether the holder is to stop; moves the expiry on when it is time. */
    const beat = (runId: RunId, epoch: number) =>
      Effect.gen(function* () {
        const row = yield* rowOf(runId)
        if (row === undefined || row.epoch !== epoch) return yield* heldBy(runId, row)
        const now = yield* Clock.currentTimeMillis
        const left = row.expires_at - now
        // More than a whole lifetime is left only to who has put the clock back.
        if (left < lifetime - renewAfter || left > lifetime) {
          yield* write("UPDATE lease SET expires_at = ? WHERE run_id = ? AND epoch = ?", [
            now + lifetime,
            runId,
            epoch
          ])
        }
        return row.stop_requested === 1
      })

    /** Beats until it is to stop, or the lease is lost. A log that cannot be read for a while is not a reason. */
    const live = (runId: RunId, epoch: number) =>
      Effect.gen(function* () {
        let lastGood = yield* elapsedMs
        yield* beat(runId, epoch).pipe(
          Effect.tap(() => Effect.map(elapsedMs, (now) => (lastGood = now))),
          Effect.catchTag("LogFailed", (error) =>
            Effect.flatMap(elapsedMs, (now) =>
              now - lastGood < lifetime ? Effect.succeed(false) : Effect.fail(error)
            )
          ),
          Effect.repeat({ schedule: heartbeat, until: (stop) => stop })
        )
      })

    const acquire = Effect.fn("Leases.acquire")(function* (runId: RunId) {
      const held = yield* rowOf(runId)
      if (yield* isAlive(held)) return yield* heldBy(runId, held)
      const { host, machine, pid, pid_started } = thisProcess()
      const now = yield* Clock.currentTimeMillis
      // Only if nobody else has taken it since it was looked at: the epoch is the witness.
      const [taken] = yield* Effect.acquireRelease(
        Effect.tap(
          write(take, [runId, host, machine, pid, pid_started, now + lifetime, held?.epoch ?? 0]),
          ([row]) => (row === undefined ? Effect.void : Effect.sync(() => writer?.held.set(runId, row.epoch)))
        ),
        ([row]) => (row === undefined ? Effect.void : release(runId, row.epoch))
      )
      if (taken === undefined) return yield* heldBy(runId, yield* rowOf(runId))
      const { epoch } = taken
      const stop = yield* Deferred.make<void, LogFailed | RunHeld>()
      yield* Effect.forkScoped(Effect.intoDeferred(live(runId, epoch), stop))
      return { epoch, stopRequested: Deferred.await(stop) }
    })

    return {
      acquire,
      isHeld: (runId) => Effect.flatMap(rowOf(runId), isAlive),
      requestStop: Effect.fn("Leases.requestStop")(function* (runId) {
        const row = yield* rowOf(runId)
        if (row === undefined || !(yield* isAlive(row))) return false
        yield* write("UPDATE lease SET stop_requested = 1 WHERE run_id = ? AND epoch = ?", [runId, row.epoch])
        return true
      })
    }
  })
)

export const isAlive = (row: LeaseRow | undefined): Effect.Effect<boolean> =>
  Effect.map(Clock.currentTimeMillis, (now) => isAliveAt(row, now))

/** Whether somebody drives a run at a time, in ms since 1970. */
export const isAliveAt = (row: LeaseRow | undefined, now: number): row is LeaseRow => {
  if (row === undefined || row.expires_at === 0) return false
  const fate = fateOf(row)
  return fate === "unknown" ? row.expires_at > now : fate === "alive"
}

export const heldBy = (runId: RunId, row: LeaseRow | undefined): Effect.Effect<never, RunHeld> =>
  Effect.fail(new RunHeld({ runId, host: row?.host ?? "an unknown machine", pid: row?.pid ?? 0 }))
