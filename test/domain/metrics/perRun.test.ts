import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { bestSoFar, valueAt } from "../../../src/domain/metrics/bestSoFar.ts"
import { duplicates } from "../../../src/domain/metrics/duplicates.ts"
import { excessPrograms } from "../../../src/domain/metrics/excessPrograms.ts"
import { failureOf } from "../../../src/domain/metrics/failure.ts"
import { gridUpTo } from "../../../src/domain/metrics/grid.ts"
import { costOf } from "../../../src/domain/metrics/modelCost.ts"
import { repairSuccess } from "../../../src/domain/metrics/repairSuccess.ts"
import { testPassRate } from "../../../src/domain/metrics/testPassRate.ts"

const points = FastCheck.array(
  FastCheck.record({
    at: FastCheck.integer({ min: 0, max: 20 }),
    score: FastCheck.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10)
  })
)

describe("the best score so far", () => {
  it.prop(
    "is the highest of what has come up to an effort",
    [points, FastCheck.nat(25)],
    ([reached, effort]) => {
      const scores = reached.flatMap(({ at, score }) => (at <= effort ? [score] : []))
      expect(valueAt(bestSoFar(reached), effort)).toBe(Math.max(0, ...scores))
    }
  )

  it.prop("rises with each step", [points], ([reached]) => {
    const steps = bestSoFar(reached)
    for (const [index, step] of steps.slice(1).entries()) {
      expect(step.at).toBeGreaterThan(steps[index]!.at)
      expect(step.score).toBeGreaterThan(steps[index]!.score)
    }
  })
})

describe("a grid", () => {
  it("has the ones, twos and fives, and the end", () => {
    expect(gridUpTo(100, true)).toEqual([1, 2, 5, 10, 20, 50, 100])
    expect(gridUpTo(38_211, true)).toEqual([200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 38_211])
    expect(gridUpTo(0.03, false)).toEqual([0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03])
    expect(gridUpTo(1, true)).toEqual([1])
    expect(gridUpTo(0, true)).toEqual([])
  })

  it.prop(
    "rises to the end",
    [FastCheck.double({ min: 1e-6, max: 1e9, noNaN: true }), FastCheck.boolean()],
    ([largest, isWhole]) => {
      const grid = gridUpTo(largest, isWhole)
      expect(grid.at(-1)).toBe(largest)
      expect(grid.length).toBeLessThanOrEqual(9)
      for (const [index, point] of grid.slice(1).entries()) expect(point).toBeGreaterThan(grid[index]!)
    }
  )
})

describe("the figures of a run", () => {
  it("counts programs before the first that passes all", () => {
    expect(excessPrograms([true])).toBe(0)
    expect(excessPrograms([false, false, true, false, true])).toBe(2)
    expect(excessPrograms([false])).toBeNull()
    expect(excessPrograms([])).toBeNull()
  })

  it("has a pass rate where there are hidden cases", () => {
    expect(testPassRate({ passed: 3, total: 4 })).toBe(0.75)
    expect(testPassRate({ passed: 0, total: 0 })).toBeNull()
    expect(testPassRate(null)).toBeNull()
  })

  it("finds repeated texts, and none where there is no text", () => {
    expect(duplicates(["a", "b", "a", null, null, "a"])).toEqual([false, false, true, false, false, true])
  })

  it("names the verdict of the first case with the lowest score", () => {
    expect(failureOf("PPP", [])).toBeNull()
    expect(failureOf("", [])).toBeNull()
    expect(failureOf("PWR", [])).toBe("WrongAnswer")
    expect(failureOf("PWR", [[1, 0.5]])).toBe("RuntimeError")
    expect(
      failureOf("WTW", [
        [0, 0.5],
        [1, 0.4],
        [2, 0.3]
      ])
    ).toBe("WrongAnswer")
    expect(failureOf("CCC", [])).toBe("CompileError")
  })

  it("counts what repairs come to", () => {
    const repair = (instruction: string, score: number) => ({
      instruction,
      parentScore: 0.5,
      score,
      isPassing: score === 1
    })
    expect(
      repairSuccess([repair("d0.e0", 0.6), repair("d0.e0", 0.2), repair("d0.e1", 0.5), repair("d1.e0", 1)])
    ).toEqual({ repairs: 4, improved: 2, worse: 1, passing: 1, instructions: 3, helpful: 2 })
  })

  it("prices tokens by the million, and nothing that is not known", () => {
    const prices = new Map([["m", { in: 0.15, out: 0.6 }]])
    expect(costOf("m", { in: 2_000_000, out: 500_000 }, prices)).toBeCloseTo(0.6, 12)
    expect(costOf("m", null, prices)).toBeNull()
    expect(costOf("other", { in: 1, out: 1 }, prices)).toBeNull()
  })
})
