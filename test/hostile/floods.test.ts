import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { vi } from "vitest"
import { layer } from "../../src/services/Sandbox/layer.ts"
import { Sandbox } from "../../src/services/Sandbox.ts"
import { answerOf, startDriver } from "../services/Sandbox/drivers.ts"
import { descendants } from "../services/Sandbox/processes.ts"
import { expected, found, jobOf } from "../services/Sandbox/trial.ts"
import { floods } from "./floods.ts"

const patience = { timeout: 110_000, interval: 10 }

for (const tiers of [["user namespaces"], []] as const) {
  const name = tiers[0] ?? "unconfined"
  const confined = tiers.length > 0
  describe(name, () => {
    it.layer(Layer.fresh(layer({ unconfined: true, environment: process.env, tiers, waiting: 0 })))((it) => {
      for (const trial of floods.filter(({ confinedOnly }) => confined || !confinedOnly)) {
        // Root without a namespace has no limit on its processes.
        if (!confined && /bomb|threads without/.test(trial.name) && process.getuid?.() === 0) continue
        it.effect(trial.name, () =>
          Effect.gen(function* () {
            const { run, tier } = yield* Sandbox
            expect((yield* tier).name).toBe(name)
            expect(found(trial, yield* run(jobOf(trial)))).toEqual(expected(trial))
            yield* Effect.promise(() =>
              vi.waitFor(() => expect(descendants(process.pid).filter(isOurs)).toEqual([]), patience)
            )
          })
        )
      }
    })
  })
}

describe.skipIf(process.getuid?.() !== 0)("as an ordinary user (needs root)", () => {
  it("gets the same", async () => {
    const { runs } = await answerOf(startDriver(floods.map(jobOf), { uid: 65534 }))
    for (const [index, trial] of floods.entries()) {
      expect({ name: trial.name, ...found(trial, runs![index]!) }).toEqual({
        name: trial.name,
        ...expected(trial)
      })
    }
  })
})

// Vitest has descendants of its own.
const before = new Set(descendants(process.pid))
const isOurs = (pid: number) => !before.has(pid)
