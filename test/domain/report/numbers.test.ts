import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { wilson } from "../../../src/domain/metrics/wilson.ts"
import { amount, ofRuns, percent, score, withInterval } from "../../../src/domain/report/numbers.ts"
import { seedsText } from "../../../src/domain/report/sections/settings.ts"

describe("the numbers of a report", () => {
  it("are rounded, and never to all or nothing", () => {
    expect(percent(2 / 3)).toBe("67\u00a0%")
    expect(percent(0.999)).toBe(">\u00a099\u00a0%")
    expect(percent(0.001)).toBe("<\u00a01\u00a0%")
    expect(percent(0.9994, 5_000)).toBe("99.9\u00a0%")
    expect(percent(0.9996, 5_000)).toBe(">\u00a099.9\u00a0%")
    expect([percent(0), percent(1), percent(null)]).toEqual(["0\u00a0%", "100\u00a0%", "–"])
    expect([score(0.99999), score(0.0001), score(1), score(0.5)]).toEqual([
      ">\u00a00.999",
      "<\u00a00.001",
      "1",
      "0.500"
    ])
    expect([amount(1234567), amount(12.345), amount(0.00012345), amount(1234.6)]).toEqual([
      "1\u202f234\u202f567",
      "12.3",
      "0.00012",
      "1\u202f235"
    ])
  })

  it("carry their intervals and what they stand on", () => {
    expect(withInterval(wilson(8, 12), percent)).toBe("67\u00a0%\u00a0[39,\u00a086]")
    expect(ofRuns(wilson(8, 12))).toBe("8 of 12")
    expect(withInterval(wilson(0, 0), percent)).toBe("–")
  })

  it.prop(
    "tell all and nothing from what lies between",
    [FastCheck.double({ min: 0, max: 1, noNaN: true })],
    ([value]) => {
      for (const n of [1, 10_000]) {
        expect(/^100/.test(percent(value, n))).toBe(value === 1)
        expect(/^0(\.0)?\u00a0%/.test(percent(value, n))).toBe(value === 0)
      }
      expect(score(value) === "1").toBe(value === 1)
      expect(score(value) === "0").toBe(value === 0)
    }
  )

  it("list seeds with neighbours together", () => {
    expect(seedsText([44, 42, 43, 42, 50, 7, 8])).toBe("7, 8, 42–44, 50")
    expect(seedsText(Array.from({ length: 40 }, (_, index) => 2 * index))).toMatch(/… 78 \(40 seeds\)$/)
  })
})
