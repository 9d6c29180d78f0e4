import { readdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Fiber, Layer } from "effect"
import { vi } from "vitest"
import { defaultLimits } from "../../../src/domain/evaluation.ts"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { type Job, Sandbox } from "../../../src/services/Sandbox.ts"
import { startDriver } from "./drivers.ts"
import { descendants, isAlive } from "./processes.ts"

const patience = { timeout: 110_000, interval: 10 }

/** Leaves a family of three, one of them in a session of its own, and runs on. */
const source = `import os, sys, time
if os.fork() == 0:
    os.setsid()
    os.fork()
while True: time.sleep(1)`

const endless: Job = {
  language: "python",
  source,
  inputs: [""],
  limits: { ...defaultLimits, timeMs: 60_000 }
}

const families = process.platform === "linux"

describe.skipIf(!families)("what is left (needs /proc)", () => {
  for (const tiers of [["user namespaces"], []] as const) {
    const name = tiers[0] ?? "unconfined"
    const sandbox = layer({ unconfined: true, environment: process.env, tiers, waiting: 0 })

    it.live(`${name}: an interrupted run leaves no process and no file`, () =>
      Effect.gen(function* () {
        const { run, tier } = yield* Sandbox
        yield* tier
        const before = new Set(descendants(process.pid))
        const fiber = yield* Effect.fork(run(endless))
        const members = yield* Effect.promise(() =>
          vi.waitFor(() => {
            const found = descendants(process.pid).filter((pid) => !before.has(pid))
            expect(found.length).toBeGreaterThanOrEqual(tiers.length === 0 ? 4 : 5)
            return found
          }, patience)
        )
        yield* Fiber.interrupt(fiber)
        yield* Effect.promise(() => vi.waitFor(() => expect(members.filter(isAlive)).toEqual([]), patience))
        expect(readdirSync(tmpdir()).filter((file) => file.startsWith(`seidr-${process.pid}-`))).toEqual([])
      }).pipe(Effect.provide(Layer.fresh(sandbox)))
    )
  }

  it.live("sandboxes that wait for a next program end with the layer", () =>
    Effect.gen(function* () {
      const before = new Set(descendants(process.pid))
      const ours = () => descendants(process.pid).filter((pid) => !before.has(pid))
      yield* Effect.gen(function* () {
        const { run } = yield* Sandbox
        const job: Job = { language: "python", source: "print(1)", inputs: [""], limits: defaultLimits }
        yield* run(job)
        // A waiting sandbox is a supervisor and a runner.
        yield* Effect.promise(() => vi.waitFor(() => expect(ours().length).toBe(2), patience))
        const [waiting] = ours()
        process.kill(waiting!, "SIGKILL")
        yield* Effect.promise(() => vi.waitFor(() => expect(isAlive(waiting!)).toBe(false), patience))
        expect(yield* run(job)).toMatchObject({ executions: [{ stdout: "1\n" }] })
      }).pipe(Effect.provide(Layer.fresh(layer({ unconfined: false, environment: process.env, waiting: 1 }))))
      yield* Effect.promise(() => vi.waitFor(() => expect(ours()).toEqual([]), patience))
    })
  )

  it("kill -9 of the driver leaves no process", async () => {
    const driver = startDriver([endless, endless], {})
    const members = await vi.waitFor(() => {
      const found = descendants(driver.pid!)
      expect(found.length).toBeGreaterThanOrEqual(10)
      return found
    }, patience)
    driver.kill("SIGKILL")
    await vi.waitFor(() => expect(members.filter(isAlive)).toEqual([]), patience)
  })
})
