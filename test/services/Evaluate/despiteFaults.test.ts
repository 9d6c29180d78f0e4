import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import type { CaseResult } from "../../../src/domain/evaluation.ts"
import { isShareable } from "../../../src/domain/shareable.ts"
import { despiteFaults } from "../../../src/services/Evaluate/despiteFaults.ts"
import { Sandbox, SandboxFailed } from "../../../src/services/Sandbox.ts"

const fault = new SandboxFailed({ tier: "of a test", reason: "it is gone", during: "case" })
const passed: CaseResult = { verdict: "Passed", score: 1, ms: 1, memoryBytes: 1 }

/** A sandbox in which a harmless program runs well, or none does. */
const sandbox = (stdout: string | undefined): typeof Sandbox.Service => ({
  tier: Effect.fail(fault),
  toolchain: () => Effect.fail(fault),
  identity: () => Effect.fail(fault),
  open: () => Effect.fail(fault),
  run: () =>
    stdout === undefined
      ? Effect.fail(fault)
      : Effect.succeed({
          _tag: "Ran",
          executions: [
            { ending: { _tag: "Exited", code: 0 }, stdout, stderr: "", cpuMs: 1, wallMs: 1, memoryBytes: 1 }
          ]
        })
})

/** Judges four cases, each of which breaks a sandbox so many times. */
const judged = (times: ReadonlyArray<number>, stdout?: string, met = fault) => {
  const left = [...times]
  const found: Array<CaseResult> = []
  const judging = despiteFaults((_room, indices, results) =>
    Effect.gen(function* () {
      while (results.length < indices.length) {
        const index = indices[results.length]!
        left[index] = left[index]! - 1
        if (left[index]! >= 0) return yield* met
        results.push(passed)
      }
    })
  )
  return judging("one", [0, 1, 2, 3], found).pipe(
    Effect.provideService(Sandbox, sandbox(stdout)),
    Effect.either,
    Effect.map(({ _tag }) => [_tag, ...found.map(({ verdict }) => verdict)].join(" ")),
    Effect.map((text) => ({ text, isKept: isShareable({ score: 0, passed: 0, total: 4, cases: found }) }))
  )
}

describe("despiteFaults", () => {
  it.effect("begins again after a fault, and charges the program with one that comes again", () =>
    Effect.gen(function* () {
      const all = "Right Passed Passed Passed Passed"
      expect(yield* judged([1, 0, 1, 1])).toEqual({ text: all, isKept: true })
      const broken = "Right Passed RuntimeError Passed RuntimeError"
      expect(yield* judged([0, 9, 0, 9], "well\n")).toEqual({ text: broken, isKept: false })
    })
  )

  it.effect("but not with a sandbox that does not start", () =>
    Effect.gen(function* () {
      const met = new SandboxFailed({ tier: "of a test", reason: "it cannot be read", during: "start" })
      expect((yield* judged([0, 9, 0, 0], "well\n", met)).text).toBe("Left Passed")
    })
  )

  it.effect("but not where no other program runs well", () =>
    Effect.gen(function* () {
      expect((yield* judged([0, 9, 0, 0])).text).toBe("Left Passed")
      expect((yield* judged([0, 9, 0, 0], "ill\n")).text).toBe("Left Passed")
    })
  )
})
