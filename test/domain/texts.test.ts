import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { printable, printableJson, printableLine } from "../../src/domain/printable.ts"
import { bytesOf, durationText, millisecondsOf, sizeText } from "../../src/domain/units.ts"

const driving = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/

const wild = FastCheck.array(
  FastCheck.oneof(
    FastCheck.constantFrom(
      "\u001b[2J",
      "\u001b]0;title\u0007",
      "\r",
      "\n",
      "\t",
      "\u0000",
      "\u009b31m",
      "\u202e",
      "a",
      "ü",
      "🙂"
    ),
    FastCheck.fullUnicodeString({ maxLength: 3 })
  )
).map((parts) => parts.join(""))

describe("texts for a terminal", () => {
  it.prop("drive nothing", [wild], ([text]) => {
    expect(driving.test(printable(text))).toBe(false)
    expect(/[\n\t]/.test(printableLine(text))).toBe(false)
    expect(driving.test(printableJson({ text }))).toBe(false)
    expect(JSON.parse(printableJson({ text }))).toEqual({ text })
  })

  it("stay as they are when they are harmless, and show what they hold when they are not", () => {
    expect(printable("ab\n\tü🙂")).toBe("ab\n\tü🙂")
    expect(printable("\u001b[31m\u202e")).toBe("\\x1b[31m\\u202e")
    expect(printableLine("a\nb\tc")).toBe("a⏎b c")
  })
})

describe("units", () => {
  it("writes sizes as they are given", () => {
    expect([0, 2 ** 28, 1.5 * 2 ** 20, 1000].map(sizeText)).toEqual(["0 MB", "256 MB", "1.5 MB", "0.0 MB"])
  })

  it.each([
    ["2s", 2_000],
    ["500ms", 500],
    ["1.5m", 90_000],
    ["3 min", 180_000],
    ["1h", 3_600_000],
    [" 2S ", 2_000]
  ])("%s is a duration", (text, expected) => {
    expect(millisecondsOf(text)).toBe(expected)
  })

  it.each([
    ["256MB", 256 * 2 ** 20],
    ["1.5GB", 1.5 * 2 ** 30],
    ["10kb", 10_240],
    ["4KiB", 4_096],
    ["7b", 7],
    ["0.3kb", 307]
  ])("%s is a size", (text, expected) => {
    expect(bytesOf(text)).toBe(expected)
  })

  it.each(["", "2", "s", "-1s", "1e3s", "2 seconds", "NaN", "Infinity s", "1.s", "2constructor", "1,5s"])(
    "%j is neither",
    (text) => {
      expect([millisecondsOf(text), bytesOf(text)]).toEqual([undefined, undefined])
    }
  )

  it.each([
    [0, "0 ms"],
    [449.6, "450 ms"],
    [3_210, "3.2 s"],
    [59_400, "59 s"],
    [125_000, "2 min 5 s"],
    [5_400_000, "1 h 30 min"]
  ])("%d ms reads well", (milliseconds, expected) => {
    expect(durationText(milliseconds)).toBe(expected)
  })

  it.prop(
    "never read as sixty of anything",
    [FastCheck.integer({ min: 0, max: 100_000_000 })],
    ([milliseconds]) => {
      expect(durationText(milliseconds)).not.toMatch(/\b(60|1000) (?:m?s|min)$/)
    }
  )
})
