import { describe, expect, it } from "@effect/vitest"
import { FastCheck as fc } from "effect"
import { printable, printableJson, printableLine } from "../../src/domain/printable.ts"

const anyText = fc.string({ unit: "binary", maxLength: 40 })
const hostileText = fc
  .array(
    fc.constantFrom(
      ..."\u001b[2J \u001b]52;c;aGk=\u0007 \u009b31m \r \u202e \u2066 \u200f \u2028 \ufeff \u{e0041} a \n \t \ud83d".split(
        " "
      )
    )
  )
  .map((parts) => parts.join(""))
const driving = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/

describe("printable", () => {
  it.prop("leaves nothing that drives a terminal", [fc.oneof(anyText, hostileText)], ([text]) => {
    expect(printable(text)).not.toMatch(driving)
    expect(printableLine(text)).not.toMatch(/[\n\t]/)
  })

  it.prop("says a thing once: what is printable stays", [fc.oneof(anyText, hostileText)], ([text]) => {
    expect(printable(printable(text))).toBe(printable(text))
  })

  it.prop("writes JSON that parses to the same value", [fc.oneof(anyText, hostileText)], ([text]) => {
    const written = printableJson({ text })
    expect(written).not.toMatch(driving)
    expect(written).not.toContain("\n")
    expect(JSON.parse(written)).toEqual({ text })
  })

  it("shows what was there", () => {
    expect(printable("a\u001b]52;c;aGk=\u0007b")).toBe("a\\x1b]52;c;aGk=\\x07b")
    expect(printable("pass\u202eword\u{e0041}")).toBe("pass\\u202eword\\u{e0041}")
    expect(printable("👨\u200d👩 é\tß\n")).toBe("👨\u200d👩 é\tß\n")
  })
})
