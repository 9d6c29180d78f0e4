import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { benign, expectedOf, hostile, results } from "./trials.ts"

describe("unit tests in Python are not passed by", () => {
  // Without confinement some of these would end this very process.
  it.layer(layer({ unconfined: false, environment: process.env }))((it) => {
    for (const [name, program] of Object.entries(hostile)) {
      it.effect(name, () =>
        Effect.gen(function* () {
          const verdicts = (yield* results(program)).map(({ verdict }) => verdict)
          expect(verdicts).toEqual(Array(3).fill(expectedOf(program)))
          const after = yield* results(benign["whole"]!)
          expect(after.map(({ verdict }) => verdict)).toEqual(Array(3).fill("Passed"))
        })
      )
    }
  })
})
