import { readFileSync } from "node:fs"
import { hostname } from "node:os"
import { Clock, Effect, Layer, Schedule } from "effect"
import type { RunId } from "../../../domain/ids.ts"
import { LogFailed } from "../../EventLog.ts"
import { type Lease, Leases, RunHeld } from "../../Leases.ts"
import { LogFile, whileBusy } from "./connect.ts"

interface LeaseRow {
  readonly epoch: number
  readonly host: string
  readonly pid: number
  readonly pid_started: string
  readonly expires_at: number
  readonly stop_requested: number
}

/** A holder on another machine is taken for dead this long (ms) after its last sign of life. */
const lifetime = 30_000
/** How often a holder gives one, and looks whether it shall stop. */
const heartbeat = Schedule.spaced("250 millis")
/** The expiry is moved only when this much (ms) of it is gone, so that a heartbeat is mostly a read. */
const renewAfter = 10_000

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
        : whileBusy(file, "leasing a run", writer.unsafe<{ epoch: number }>(statement, parameters))

    const isAlive = (row: LeaseRow | undefined) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        if (row === undefined || row.expires_at === 0) return false
        return row.host === hostname()
          ? startOf(row.pid) === row.pid_started && startOf(row.pid) !== ""
          : row.expires_at > now
      })

    const acquire = Effect.fn("Leases.acquire")(function* (runId: RunId) {
      const held = yield* rowOf(runId)
      if (held !== undefined && (yield* isAlive(held))) {
        return yield* new RunHeld({ runId, host: held.host, pid: held.pid })
      }
      const now = yield* Clock.currentTimeMillis
      const mine = [hostname(), process.pid, startOf(process.pid), now + lifetime] as const
      // Only if nobody else has taken it since it was looked at: the epoch is the witness.
      const [taken] = yield* Effect.acquireRelease(
        write(
          `INSERT INTO lease (run_id, epoch, host, pid, pid_started, expires_at) VALUES (?, 1, ?, ?, ?, ?)
           ON CONFLICT (run_id) DO UPDATE SET epoch = epoch + 1, host = excluded.host, pid = excluded.pid,
             pid_started = excluded.pid_started, expires_at = excluded.expires_at, stop_requested = 0
           WHERE epoch = ? RETURNING epoch`,
          [runId, ...mine, held?.epoch ?? 0]
        ),
        ([row]) =>
          row === undefined
            ? Effect.void
            : Effect.ignore(
                write("UPDATE lease SET expires_at = 0 WHERE run_id = ? AND epoch = ?", [runId, row.epoch])
              )
      )
      if (taken === undefined) {
        const winner = yield* rowOf(runId)
        return yield* new RunHeld({ runId, host: winner?.host ?? "?", pid: winner?.pid ?? 0 })
      }
      const beat = Effect.gen(function* () {
        const row = yield* rowOf(runId)
        if (row === undefined || row.epoch !== taken.epoch) return true
        const time = yield* Clock.currentTimeMillis
        if (row.expires_at - time < lifetime - renewAfter) {
          yield* write("UPDATE lease SET expires_at = ? WHERE run_id = ? AND epoch = ?", [
            time + lifetime,
            runId,
            taken.epoch
          ])
        }
        return row.stop_requested === 1
      })
      const lease: Lease = {
        epoch: taken.epoch,
        stopRequested: beat.pipe(Effect.repeat({ schedule: heartbeat, until: (stop) => stop }), Effect.asVoid)
      }
      return lease
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

/**
 * When a process of this machine was started, as far as the system tells: a process id alone may have been given to
 * another one since. Empty when there is no such process.
 */
const startOf = (pid: number): string => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as { code?: string }).code === "ESRCH") return ""
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "unknown"
  } catch {
    return "unknown"
  }
}
