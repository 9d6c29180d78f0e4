import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { layer } from "../../src/services/Sandbox/layer.ts"
import { Sandbox } from "../../src/services/Sandbox.ts"
import { expected, found, jobOf } from "../services/Sandbox/trial.ts"
import { trials } from "../services/Sandbox/trials.ts"

/** The ends of all trials, with so many sandboxes at once. */
const endings = (lanes: number) =>
  Effect.gen(function* () {
    const { run } = yield* Sandbox
    return yield* Effect.forEach(
      trials,
      (trial) => Effect.map(run(jobOf(trial)), (result) => ({ name: trial.name, ...found(trial, result) })),
      { concurrency: "unbounded" }
    )
  }).pipe(Effect.provide(Layer.fresh(layer({ unconfined: false, environment: process.env, lanes }))))

describe("verdicts", () => {
  const wanted = trials.map((trial) => ({ name: trial.name, ...expected(trial) }))
  for (const lanes of [1, 8]) {
    it.live(`are the same with ${lanes} at once`, () =>
      Effect.gen(function* () {
        expect(yield* endings(lanes)).toEqual(wanted)
      })
    )
  }
})
