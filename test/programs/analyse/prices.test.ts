import { describe, expect, it } from "@effect/vitest"
import { Either } from "effect"
import { pricesFrom } from "../../../src/programs/analyse/prices.ts"

describe("a file of prices", () => {
  it("is YAML or JSON, by model", () => {
    const prices = new Map([
      ["openai:gpt-4o-mini", { in: 0.15, out: 0.6 }],
      ["simulated", { in: 0, out: 0 }]
    ])
    const yaml = 'openai:gpt-4o-mini: { in: 0.15, out: 0.6 }\n"simulated": { in: 0, out: 0 }\n'
    expect(pricesFrom(yaml)).toEqual(Either.right(prices))
    expect(pricesFrom(JSON.stringify(Object.fromEntries(prices)))).toEqual(Either.right(prices))
  })

  it("is refused by line and field", () => {
    for (const [text, reason] of [
      ["", "line 1: the file is empty"],
      ["- m", "line 1: found a list, expected models with their prices"],
      ["m: 3", 'line 1: "m": found the number 3, expected in and out, each a price'],
      ["m:\n  in: 1", 'line 2: "m".out: found nothing, expected the price of a million tokens'],
      [
        "m:\n  in: 1\n  out: -1",
        'line 3: "m".out: found the number -1, expected the price of a million tokens, a number from 0 on'
      ],
      [
        "m: { in: x, out: 1 }",
        'line 1: "m".in: found the text "x", expected the price of a million tokens, a number from 0 on'
      ],
      ["m: { in: 1, out: .inf }", "expected the price of a million tokens, a number from 0 on"],
      ["m: { in: 1, out: 1, per: 3 }", 'line 1: "m": found the field "per", expected in and out alone'],
      ["m: { in: 1, out: 1 }\nm: { in: 2, out: 2 }", 'line 2: the field "m" is here again, after line 1']
    ] as const) {
      const found = pricesFrom(text)
      expect(Either.isLeft(found) ? found.left : "accepted", text).toContain(reason)
    }
  })
})
