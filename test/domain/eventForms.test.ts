import { describe, expect, it } from "@effect/vitest"
import { Arbitrary, Either, FastCheck } from "effect"
import { broughtUp } from "../../src/domain/eventForms.ts"
import { Event } from "../../src/domain/events.ts"
import { lawRuns } from "../support/lawRuns.ts"
import { asOf, laterForms, newestOf } from "../support/olderForms.ts"

describe("events of older versions", () => {
  it.prop(
    "are brought up from any of them to the same event",
    [Arbitrary.make(Event), FastCheck.nat()],
    ([{ _tag, ...fields }, draw]) => {
      const ver = 1 + (draw % newestOf(_tag))
      const stored = JSON.parse(JSON.stringify(asOf(_tag, ver, fields))) as Record<string, unknown>
      expect(broughtUp(_tag, ver, stored, laterForms)).toEqual(
        Either.right(JSON.parse(JSON.stringify(fields)))
      )
    },
    lawRuns(100)
  )

  it("that are newer, unknown or never were are refused by name", () => {
    const why = (type: string, ver: number) => Either.getOrThrow(Either.flip(broughtUp(type, ver, {})))
    expect(why("ProgramEvaluated", 3)).toBe(
      "is a ProgramEvaluated of version 3, and this seidr knows it up to version 2; use a newer seidr"
    )
    expect(why("ProgramDreamt", 1)).toMatch(/is a "ProgramDreamt", and this seidr knows RunStarted, .*newer/)
    expect(why("toString", 1)).toMatch(/is a "toString", and this seidr knows/)
    expect(why("RunFinished", 0)).toMatch(/version 0, and the first is 1/)
  })
})
