import { describe, expect, it } from "@effect/vitest"
import { bestAfter, milestones } from "../../src/domain/curve.ts"

describe("the curve of a search", () => {
  it("never falls, and begins with the first score", () => {
    expect(bestAfter([null, 0.2, 0.1, null, 0.7, 0])).toEqual([null, 0.2, 0.2, 0.2, 0.7, 0.7])
    expect(bestAfter([])).toEqual([])
  })

  it("is read at 1, 2, 5, 10 … and at its end", () => {
    expect(milestones(0)).toEqual([])
    expect(milestones(1)).toEqual([1])
    expect(milestones(10)).toEqual([1, 2, 5, 10])
    expect(milestones(12)).toEqual([1, 2, 5, 10, 12])
    expect(milestones(250)).toEqual([1, 2, 5, 10, 20, 50, 100, 200, 250])
  })
})
