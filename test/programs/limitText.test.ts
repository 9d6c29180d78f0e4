import { describe, expect, it } from "vitest"
import { type CaseResult, defaultLimits } from "../../src/domain/evaluation.ts"
import { limitText } from "../../src/programs/limitText.ts"

describe("limitText", () => {
  const told = (verdict: CaseResult["verdict"], ms = 0, memoryBytes = 0) =>
    limitText({ verdict, score: 0, ms, memoryBytes }, { ...defaultLimits, timeMs: 1 })

  it("names the limit that a case has met", () => {
    expect(told("TimeLimit", 2)).toBe("above the limit of 1 ms of processor time")
    expect(told("TimeLimit", 0.5)).toMatch(/^stopped by the clock: it waited, with its 1 ms /)
    expect(told("MemoryLimit", 0, 2 ** 40)).toMatch(/^above the limit of \d+ MB$/)
    expect(told("MemoryLimit")).toMatch(/^it asked for more than the limit of \d+ MB$/)
    expect(told("OutputLimit")).toMatch(/^printed more than the limit of \d/)
    expect(told("WrongAnswer")).toBeUndefined()
  })
})
