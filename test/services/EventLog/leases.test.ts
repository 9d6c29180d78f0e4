import { spawn } from "node:child_process"
import { once } from "node:events"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Scope, TestClock } from "effect"
import { thisProcess } from "../../../src/services/EventLog/sqlite/holder.ts"
import { clockBehind } from "../../support/clockBehind.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { openLog } from "./openLog.ts"
import { run } from "./samples.ts"

/** A process that is alive until the scope closes. */
const child = Effect.acquireRelease(
  Effect.sync(() => spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" })),
  (process) => Effect.sync(() => process.kill("SIGKILL"))
)

describe("a lease in a file", () => {
  const put = `INSERT OR REPLACE INTO lease (run_id, epoch, host, machine, pid, pid_started, expires_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)`

  it.scoped("is taken at once from a holder of this machine that is dead, even before its time is over", () =>
    Effect.gen(function* () {
      const { leases, writer } = yield* openLog(yield* temporaryLog)
      const dead = yield* child
      const { host, machine } = thisProcess()
      dead.kill("SIGKILL")
      yield* Effect.promise(() => once(dead, "exit"))
      yield* writer.unsafe(put, [run, 4, host, machine, dead.pid, "1", 2 ** 50])
      expect(yield* leases.isHeld(run)).toBe(false)
      expect(yield* leases.requestStop(run)).toBe(false)
      expect((yield* leases.acquire(run)).epoch).toBe(5)
    })
  )

  it.scoped("is not held by a process that was only given the same id", () =>
    Effect.gen(function* () {
      const { leases, writer } = yield* openLog(yield* temporaryLog)
      const { host, machine, pid } = thisProcess()
      yield* writer.unsafe(put, [run, 1, host, machine, pid, "1", 2 ** 50])
      expect(yield* leases.isHeld(run)).toBe(false)
    })
  )

  it.scoped("is left to a living process of this machine, though its time is over", () =>
    Effect.gen(function* () {
      const { leases, writer } = yield* openLog(yield* temporaryLog)
      const { host, machine, pid, pid_started } = thisProcess()
      yield* writer.unsafe(put, [run, 1, host, machine, pid, pid_started, 1])
      expect(yield* Effect.flip(leases.acquire(run))).toMatchObject({ _tag: "RunHeld", host, pid })
    })
  )

  it.scoped("is left to a holder elsewhere until its time is over", () =>
    Effect.gen(function* () {
      const { leases, writer } = yield* openLog(yield* temporaryLog)
      const { host, pid } = thisProcess()
      // The same name and process id, but another boot: not this machine.
      yield* writer.unsafe(put, [run, 1, host, `${host} another boot`, pid, "1", 30_000])
      yield* TestClock.adjust("29 seconds")
      expect((yield* Effect.flip(leases.acquire(run)))._tag).toBe("RunHeld")
      yield* TestClock.adjust("2 seconds")
      expect((yield* leases.acquire(run)).epoch).toBe(2)
    })
  )

  const expiry = "SELECT expires_at FROM lease"

  it.scoped("is renewed as long as it is held, and given back at the end", () =>
    Effect.gen(function* () {
      const { leases, writer } = yield* openLog(yield* temporaryLog)
      const scope = yield* Scope.make()
      yield* Scope.extend(leases.acquire(run), scope)
      for (let minute = 0; minute < 3; minute++) {
        yield* TestClock.adjust("1 minute")
        const [row] = yield* writer.unsafe<{ expires_at: number }>(expiry)
        expect(row!.expires_at).toBeGreaterThan((minute + 1) * 60_000)
      }
      yield* Scope.close(scope, Exit.void)
      expect(yield* writer.unsafe(expiry)).toEqual([{ expires_at: 0 }])
    })
  )

  it.scoped("is renewed though the clock was put back by an hour", () =>
    Effect.gen(function* () {
      const { leases, writer } = yield* openLog(yield* temporaryLog)
      const hour = 3_600_000
      yield* TestClock.adjust("2 hours")
      let behind = 0
      yield* Effect.withClock(leases.acquire(run), yield* clockBehind(() => behind))
      behind = hour
      yield* TestClock.adjust("1 minute")
      const [row] = yield* writer.unsafe<{ expires_at: number }>(expiry)
      expect(row!.expires_at).toBeGreaterThan(hour + 60_000)
      expect(row!.expires_at).toBeLessThanOrEqual(hour + 90_000)
    })
  )

  it.scoped("survives a log that cannot be read for a while, but not for its whole time", () =>
    Effect.gen(function* () {
      const { leases, writer } = yield* openLog(yield* temporaryLog)
      const { stopRequested } = yield* leases.acquire(run)
      const waiting = yield* Effect.fork(stopRequested)
      yield* TestClock.adjust("5 seconds")
      yield* writer.unsafe("ALTER TABLE lease RENAME TO lost")
      yield* TestClock.adjust("10 seconds")
      yield* writer.unsafe("ALTER TABLE lost RENAME TO lease")
      yield* TestClock.adjust("10 seconds")
      expect(waiting.unsafePoll()).toBeNull()
      yield* writer.unsafe("ALTER TABLE lease RENAME TO lost")
      yield* TestClock.adjust("31 seconds")
      expect((yield* Effect.flip(Fiber.join(waiting)))._tag).toBe("LogFailed")
      yield* writer.unsafe("ALTER TABLE lost RENAME TO lease")
    })
  )

  it.scoped("tells a holder that has lost it who has it now", () =>
    Effect.gen(function* () {
      const { leases, writer } = yield* openLog(yield* temporaryLog)
      const { stopRequested } = yield* leases.acquire(run)
      const waiting = yield* Effect.fork(Effect.flip(stopRequested))
      yield* writer.unsafe("UPDATE lease SET epoch = 2, host = 'elsewhere', pid = 77")
      yield* TestClock.adjust("1 second")
      expect(yield* Fiber.join(waiting)).toMatchObject({ _tag: "RunHeld", host: "elsewhere", pid: 77 })
    })
  )
})
