import { describe, expect, it } from "@effect/vitest"
import type { Role } from "../../../src/domain/request.ts"
import { samplesOf, temperatureOf } from "../../../src/domain/search/temperature.ts"
import { published } from "../../support/settings.ts"

const schedule = { kind: "published" } as const

const all = (role: Role, samples: number, batch: number) =>
  Array.from({ length: samples }, (_, ordinal) => temperatureOf(schedule, role, samples, batch, ordinal))

describe("the published temperatures", () => {
  it.each<[string, Role, number, number, ReadonlyArray<number>]>([
    ["one sample", "draft", 1, 10, [0]],
    ["one sample by Ollama", "repair", 1, 1, [0]],
    ["two drafts by a hosted model", "draft", 2, 10, [0.5, 0.5]],
    ["two explanations by a hosted model", "explain", 2, 10, [1, 1]],
    ["two repairs by a hosted model", "repair", 2, 10, [1, 1]],
    ["four drafts by Ollama", "draft", 4, 1, [0.2, 0.4, 0.6, 0.8]],
    ["four repairs by Ollama", "repair", 4, 1, [0.2, 0.4, 0.6, 0.8]],
    ["25 drafts by a hosted model", "draft", 25, 10, [...fill(10, 1 / 3), ...fill(10, 2 / 3), ...fill(5, 1)]]
  ])("%s", (_, role, samples, batch, expected) => {
    const found = all(role, samples, batch)
    expect(found.length).toBe(expected.length)
    for (const [ordinal, temperature] of found.entries())
      expect(temperature).toBeCloseTo(expected[ordinal]!, 12)
  })

  it("stay within 0 and 1 and never fall", () => {
    for (const role of ["draft", "explain", "repair"] as const) {
      for (let samples = 1; samples <= 30; samples++) {
        for (const batch of [1, 3, 10]) {
          const found = all(role, samples, batch)
          expect([...found].sort((left, right) => left - right)).toEqual(found)
          for (const temperature of found) {
            expect(temperature).toBeGreaterThanOrEqual(0)
            expect(temperature).toBeLessThanOrEqual(1)
          }
        }
      }
    }
  })
})

it("a constant schedule is the same for all", () => {
  const constant = { kind: "constant", value: 0.7 } as const
  expect(temperatureOf(constant, "draft", 1, 10, 0)).toBe(0.7)
  expect(temperatureOf(constant, "repair", 9, 1, 8)).toBe(0.7)
})

it("a place asks for as many samples as its role's branching says, and no more drafts than the budget", () => {
  const settings = { ...published, drafts: 7, explanations: 2, repairs: 3 }
  expect((["draft", "explain", "repair"] as const).map((role) => samplesOf(settings, role))).toEqual([
    7, 2, 3
  ])
  expect(samplesOf({ ...settings, maxPrograms: 5 }, "draft")).toBe(5)
})

function fill(count: number, value: number): ReadonlyArray<number> {
  return Array.from({ length: count }, () => value)
}
