import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { passAtK } from "../../../src/domain/metrics/passAtK.ts"
import { solvedWithin } from "../../../src/domain/metrics/solvedWithin.ts"

/** The share of all choices of k among n samples, of which the first c are correct, that hold a correct one. */
const byEnumeration = (n: number, c: number, k: number): number => {
  let all = 0
  let holding = 0
  for (let choice = 0; choice < 2 ** n; choice++) {
    const bits = choice.toString(2)
    if ([...bits].filter((bit) => bit === "1").length !== k) continue
    all += 1
    if (choice % 2 ** c !== 0) holding += 1
  }
  return holding / all
}

const choose = (n: bigint, k: bigint): bigint => {
  let result = 1n
  for (let index = 1n; index <= k; index++) result = (result * (n - k + index)) / index
  return result
}

const samples = FastCheck.integer({ min: 1, max: 400 }).chain((n) =>
  FastCheck.tuple(
    FastCheck.constant(n),
    FastCheck.integer({ min: 0, max: n }),
    FastCheck.integer({ min: 1, max: n })
  )
)

describe("pass@k of independent samples", () => {
  it("is 0.5 for the example of the published code: three of six samples, k = 1", () => {
    expect(passAtK(6, 3, 1)).toBeCloseTo(0.5, 12)
  })

  it("is what counting all choices gives", () => {
    for (let n = 1; n <= 8; n++) {
      for (let c = 0; c <= n; c++) {
        for (let k = 1; k <= n; k++) expect(passAtK(n, c, k)).toBeCloseTo(byEnumeration(n, c, k), 12)
      }
    }
  })

  it.prop("is 1 − C(n − c, k) / C(n, k) in whole numbers", [samples], ([[n, c, k]]) => {
    const scale = 10n ** 15n
    const [missing, all] = [choose(BigInt(n - c), BigInt(k)), choose(BigInt(n), BigInt(k))]
    const exact = n - c < k ? 1 : Number(scale - (missing * scale) / all) / Number(scale)
    expect(passAtK(n, c, k)).toBeCloseTo(exact, 10)
  })

  it("tells nothing of more samples than there are", () => {
    expect(passAtK(0, 0, 1)).toBeNull()
    expect(passAtK(9, 9, 10)).toBeNull()
    expect(passAtK(9, 9, 9)).toBe(1)
    expect(passAtK(9, 0, 9)).toBe(0)
  })
})

describe("pass@k of runs", () => {
  const solved = (toSolution: number) => ({ toSolution, programs: toSolution })
  const unsolved = (programs: number) => ({ toSolution: null, programs })

  it("counts the runs that solve within k programs", () => {
    const runs = [solved(1), solved(7), solved(8), unsolved(100)]
    expect([1, 6, 7, 8, 100].map((k) => solvedWithin(runs, k)?.successes)).toEqual([1, 1, 2, 3, 3])
    expect(solvedWithin(runs, 8)?.trials).toBe(4)
  })

  it("tells nothing where there is no run, or one gave up before", () => {
    expect(solvedWithin([], 1)).toBeUndefined()
    expect(solvedWithin([solved(1), unsolved(9)], 10)).toBeUndefined()
    expect(solvedWithin([solved(1), solved(2)], 1_000)).toEqual({ successes: 2, trials: 2 })
  })
})
