import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { Sandbox } from "../../../src/services/Sandbox.ts"
import { expected, found, jobOf } from "./trial.ts"
import { trials } from "./trials.ts"

const grounds = [
  { name: "user namespaces", sandbox: layer({ unconfined: false, environment: process.env }) },
  { name: "unconfined", sandbox: layer({ unconfined: true, environment: process.env, tiers: [] }) }
] as const

// Compiling is the same on every ground, and slow.
const plain = trials.filter(
  ({ confinedOnly, language, name }) => !confinedOnly && (language === "python" || name === "C++ adds")
)

for (const { name, sandbox } of grounds) {
  describe(name, () => {
    it.layer(Layer.fresh(sandbox))((it) => {
      for (const trial of name === "unconfined" ? plain : trials) {
        it.effect(trial.name, () =>
          Effect.gen(function* () {
            const { run, tier } = yield* Sandbox
            expect((yield* tier).name).toBe(name)
            expect(found(trial, yield* run(jobOf(trial)))).toEqual(expected(trial))
          })
        )
      }
    })
  })
}
