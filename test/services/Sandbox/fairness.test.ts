import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { defaultLimits, type Execution } from "../../../src/domain/evaluation.ts"
import { runFairly, stopBeside, timeLimitsAtEnd } from "../../../src/services/Sandbox/fairness.ts"

const limits = { ...defaultLimits, timeMs: 1_000 }

const took = (cpuMs: number, isStopped = cpuMs > limits.timeMs): Execution => ({
  ending: isStopped ? { _tag: "TimeLimit" } : { _tag: "Exited", code: 0 },
  stdout: "",
  stderr: "",
  cpuMs,
  wallMs: 0,
  memoryBytes: 0
})

/** Runs programs of which the times beside others, and alone, are known. */
const fairly = (beside: ReadonlyArray<Execution>, alone: Readonly<Record<number, Execution>>) => {
  const asked: Array<number> = []
  const made = (executions: ReadonlyArray<Execution>) => ({
    executions,
    diagnostics: undefined,
    compiled: undefined
  })
  const run = runFairly<never>({
    limits,
    inputs: beside.map((_, index) => String(index)),
    skipAfter: 2,
    beside: (keep) =>
      Effect.sync(() => {
        while (keep.length < beside.length && timeLimitsAtEnd(keep) < 2) keep.push(beside[keep.length]!)
        return made(keep)
      }),
    alone: (inputs) =>
      Effect.sync(() => {
        asked.push(...inputs.map(Number))
        return made(inputs.map((input) => alone[Number(input)]!))
      })
  })
  return Effect.map(run, ({ executions }) => ({
    asked,
    endings: executions.map(({ ending }) => ending._tag)
  }))
}

describe("a time limit", () => {
  it("ends a program late where it has company", () => expect(stopBeside(limits)).toBe(1_500))

  it.effect("is believed when it is far beyond", () =>
    Effect.gen(function* () {
      expect(yield* fairly([took(1_500), took(10), took(2_000)], {})).toEqual({
        asked: [],
        endings: ["TimeLimit", "Exited", "TimeLimit"]
      })
    })
  )

  it.effect("is tried again alone when it is near, and counts if it is one then", () =>
    Effect.gen(function* () {
      expect(yield* fairly([took(1_100), took(10), took(1_499)], { 0: took(990), 2: took(1_010) })).toEqual({
        asked: [0, 2],
        endings: ["Exited", "Exited", "TimeLimit"]
      })
    })
  )

  it.effect("by the clock on the wall is always tried again", () =>
    Effect.gen(function* () {
      expect(yield* fairly([took(30, true), took(0, true)], { 0: took(31), 1: took(0, true) })).toEqual({
        asked: [0, 1],
        endings: ["Exited", "TimeLimit"]
      })
    })
  )

  it.effect("skips the rest only where those before it are certain", () =>
    Effect.gen(function* () {
      const beside = [took(1_100), took(1_100), took(10), took(1_600), took(1_600), took(10), took(10)]
      expect(yield* fairly(beside, { 0: took(900), 1: took(1_050) })).toEqual({
        asked: [0, 1],
        endings: ["Exited", "TimeLimit", "Exited", "TimeLimit", "TimeLimit", "Skipped", "Skipped"]
      })
    })
  )
})
