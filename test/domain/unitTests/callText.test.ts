import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { callText } from "../../../src/domain/unitTests/callText.ts"

const hex = (text: string) => Buffer.from(text, "utf8").toString("hex")
const words = (gave: string, given = "") => callText("f", "words", { given, gave })
const json = (gave: unknown, given: unknown = ["array", []]) =>
  callText("f", "json", { given: JSON.stringify(given), gave: JSON.stringify(gave) })

describe("callText", () => {
  it("tells what a call in words was given and gave", () => {
    expect(words("bfalse", "L3 f1 f2.00000000000000000000 f3.90000009536743164062 f0.300000012")).toBe(
      "f([1, 2, 3.9], 0.3) gave false"
    )
    expect(words(`T2 i-7 s${hex('a"b')}`)).toBe('f() gave (-7, "a\\"b")')
    expect(words("L2 c97 u006200e9")).toBe('f() gave ["a", "bé"]')
    expect(words("O W3 V1.2.Pair n E")).toBe("f() gave Pair(null, None)")
    expect(words("V0.0.Empty", "d-0.0 dinf d-Infinity d-nan I12345678901234567890 A0 i1 i5")).toBe(
      "f(-0, Infinity, -Infinity, NaN, 12345678901234567890, [5]) gave Empty"
    )
  })

  it("tells the same in JavaScript", () => {
    expect(json(["object", [["a", ["undefined"]]]], ["array", [1.5, "x", ["array", [null, true]]]])).toBe(
      'f(1.5, "x", [null, true]) gave {"a": undefined}'
    )
    expect(json(["number", "-0"], ["array", [["bigint", "12"]]])).toBe("f(12) gave -0")
    expect(
      json([
        "map",
        [
          ["b", 1],
          ["a", 2]
        ]
      ])
    ).toBe('f() gave {"a": 2, "b": 1}')
  })

  it("sorts what has no order, so that it is the same each time", () => {
    expect(words("M3 i10 btrue i9 bfalse i-1 btrue")).toBe("f() gave {-1: true, 9: false, 10: true}")
    expect(words(`S2 s${hex("b")} s${hex("a")}`)).toBe('f() gave {"a", "b"}')
    expect(words(`S6000 ${Array.from({ length: 6_000 }, (_, index) => `i${index}`).join(" ")}`)).toBe(
      "f() gave {…}"
    )
  })

  it("cuts what is long or deep", () => {
    const many = words(`L9999 ${"i1 ".repeat(9_999)}`)
    expect(many).toMatch(/^f\(\) gave \[1, 1, [1, ]*…$/)
    expect(many.length).toBeLessThan(320)
    expect(words(`s${"f09f9880".repeat(100_000)}`).length).toBeLessThan(320)
    expect(words(`i${"1".repeat(9_999)}`).length).toBeLessThan(320)
    expect(words(`${"W1 ".repeat(20_000)}i1`)).toBe("f() gave …")
    expect(words(`${"L1 ".repeat(20_000)}i1`)).toMatch(/^f\(\) gave \[+…\]+$/)
    const nested = `${'["array",['.repeat(5_000)}${"]]".repeat(5_000)}`
    expect(callText("f", "json", { given: nested, gave: nested }).length).toBeLessThan(640)
  })

  it("lets nothing drive a terminal, and says what is no value", () => {
    expect(words(`s${hex("\u001b[2J\n\u202e")}`)).not.toMatch(/[\u001b\n\u202e]/)
    expect(json("\u001b\u202e")).not.toMatch(/[\u001b\u202e]/)
    for (const gave of [
      "q",
      "i1x",
      "L-1",
      "Lx",
      "L2 i1",
      "bmaybe",
      "dnothing",
      "V1.x.",
      "\u001b[2J",
      "c99999999"
    ]) {
      expect(words(gave)).toBe("f() gave what is no value")
    }
    for (const gave of [["array", 1], ["other"], {}, ["number", "\u001b"], ["map", [1]]]) {
      expect(json(gave)).toBe("f() gave what is no value")
    }
    expect(callText("f", "json", { given: "[", gave: "" })).toBe("f(…) gave what is no value")
  })

  const word = FastCheck.oneof(
    FastCheck.constantFrom(
      ..."n E O W L2 L999999999999 T1 A S2 M2 M1 V1.2.Name V1.0.N [ ] { } , : null 1e999".split(" ")
    ),
    FastCheck.tuple(FastCheck.constantFrom(..."ilhyIbdfcsuLTASMV"), FastCheck.string()).map((parts) =>
      parts.join("")
    ),
    FastCheck.json(),
    FastCheck.string({ unit: "binary" })
  )
  const line = FastCheck.array(word, { maxLength: 8 }).map((parts) => parts.join(" "))
  it.prop(
    "is one short line, whatever a program gives",
    [line, line, FastCheck.constantFrom("words" as const, "json" as const)],
    ([given, gave, form]) => {
      const text = callText("f", form, { given, gave })
      expect(text.length).toBeLessThan(700)
      expect(text).toMatch(/^[^\p{Cc}]*$/u)
    }
  )
})
