import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { defaultLimits, type Execution } from "../../../src/domain/evaluation.ts"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { RunnerFault } from "../../../src/services/Sandbox/runner.ts"
import { withSecondChance } from "../../../src/services/Sandbox/secondChance.ts"
import { Sandbox } from "../../../src/services/Sandbox.ts"

const fine: Execution = {
  ending: { _tag: "Exited", code: 0 },
  stdout: "fine",
  stderr: "",
  cpuMs: 1,
  wallMs: 1,
  memoryBytes: 1
}

/** Sandboxes that break on these inputs: so many times each. */
const trial = (
  breaks: Readonly<Record<number, number>>,
  { count = 4, during = "case" as RunnerFault["during"], well = true } = {}
) => {
  const executions: Array<Execution> = []
  const left = new Map(Object.entries(breaks).map(([index, times]) => [Number(index), times]))
  let sandboxes = 0
  let canaries = 0
  const attempt = () =>
    Effect.suspend(() => {
      sandboxes += 1
      while (executions.length < count) {
        const times = left.get(executions.length) ?? 0
        left.set(executions.length, times - 1)
        if (times > 0) return Effect.fail(new RunnerFault({ reason: "it is gone", during }))
        executions.push(fine)
      }
      return Effect.succeed({ compiled: undefined, diagnostics: undefined, executions })
    })
  const isWell = Effect.sync(() => {
    canaries += 1
    return well
  })
  return Effect.map(Effect.either(withSecondChance({ attempt, count, executions, isWell })), (ended) => ({
    ended: ended._tag,
    diagnostics: ended._tag === "Right" ? ended.right.diagnostics : ended.left.reason,
    signs: executions.map(({ ending }) => (ending._tag === "Exited" ? "+" : "-")).join(""),
    sandboxes,
    canaries
  }))
}

describe("withSecondChance", () => {
  it.effect("forgives a fault that does not come again, wherever and however often", () =>
    Effect.gen(function* () {
      const found = yield* trial({ 0: 1, 2: 1, 3: 1 })
      expect(found).toEqual({
        ended: "Right",
        diagnostics: undefined,
        signs: "++++",
        sandboxes: 4,
        canaries: 0
      })
    })
  )

  it.effect("charges the program with one that comes again, where another program runs well", () =>
    Effect.gen(function* () {
      expect(yield* trial({ 1: 9 })).toMatchObject({ ended: "Right", signs: "+-++", canaries: 1 })
      expect(yield* trial({ 3: 9 })).toMatchObject({ ended: "Right", signs: "+++-", sandboxes: 2 })
      expect(yield* trial({ 1: 9 }, { well: false })).toMatchObject({ ended: "Left", signs: "+" })
    })
  )

  it.effect("does not go on for ever", () =>
    Effect.gen(function* () {
      const all = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [index, 9]))
      expect(yield* trial(all, { count: 50 })).toMatchObject({
        ended: "Right",
        signs: "-".repeat(50),
        sandboxes: 6,
        canaries: 3
      })
    })
  )

  it.effect("tells a compiler that breaks it from a sandbox that does not start", () =>
    Effect.gen(function* () {
      expect(yield* trial({ 0: 9 }, { during: "compiling" })).toMatchObject({
        ended: "Right",
        diagnostics: "it breaks its sandbox: it is gone",
        signs: ""
      })
      expect(yield* trial({ 0: 9 }, { during: "start" })).toMatchObject({ ended: "Left", canaries: 0 })
    })
  )

  it.layer(Layer.fresh(layer({ unconfined: true, tiers: [], environment: process.env })))((it) => {
    it.effect("fails one case of a program that kills its runner", () =>
      Effect.gen(function* () {
        const source =
          "import os, signal\nif input() == 'kill': os.kill(os.getppid(), signal.SIGKILL)\nprint(1)\n"
        const inputs = ["a\n", "kill\n", "b\n"]
        const run = yield* (yield* Sandbox).run({ language: "python", source, inputs, limits: defaultLimits })
        const executions = run._tag === "Ran" ? run.executions : []
        expect(executions.map(({ stdout }) => stdout)).toEqual(["1\n", "", "1\n"])
        expect(executions[1]).toMatchObject({ ending: { _tag: "Signaled", signal: "SIGKILL" } })
        expect(executions[1]!.stderr).toMatch(/^it breaks its sandbox: /)
      })
    )
  })
})
