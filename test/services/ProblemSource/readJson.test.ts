import { expect, it } from "@effect/vitest"
import { Either, FastCheck as fc } from "effect"
import { describe } from "vitest"
import { foundAt, type Located, plainOf } from "../../../src/domain/located.ts"
import { readJson } from "../../../src/services/ProblemSource/readJson.ts"
import { readYaml } from "../../../src/services/ProblemSource/readYaml.ts"

const json = fc.jsonValue({ maxDepth: 5 })

describe("readJson", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(json, fc.constantFrom(0, 1, 3), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(plainOf(Either.getOrThrow(readJson(text)))).toEqual(JSON.parse(text))
      })
    )
  })

  it("refuses what JSON.parse refuses, in a sentence with a place", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"',
      "\\",
      "1",
      "-",
      ".5",
      "01",
      "e3",
      "true",
      "nul",
      "\n",
      " ",
      "\u0001"
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join("")
        const strict = Either.try(() => JSON.parse(text) as unknown)
        const read = Either.map(readJson(text), plainOf)
        if (Either.isRight(strict)) {
          // A field that is given twice is JSON, but not here.
          if (Either.isRight(read)) expect(read.right).toEqual(strict.right)
          else expect(read.left[0]?.text).toContain("is here again")
          return
        }
        expect(Either.isLeft(read) && read.left[0]?.text).toMatch(/\(column \d+\)$/)
      }),
      { numRuns: 2_000 }
    )
  })

  it("finds the same values at the same lines as YAML does", () => {
    const placed = (node: Located): unknown => {
      if (node._tag === "Scalar") return [node.line, foundAt(node)]
      if (node._tag === "List") return [node.line, node.items.map(placed)]
      return [node.line, node.entries.map(({ key, line, value }) => [key, line, placed(value)])]
    }
    // YAML folds some characters that JSON leaves alone in a text; cases with them are for the test above.
    const plain = fc.jsonValue({ maxDepth: 4, stringUnit: fc.constantFrom("a", "7", "é", "\n", '"', " ") })
    fc.assert(
      fc.property(plain, (value) => {
        const text = JSON.stringify({ value }, null, 2)
        expect(placed(Either.getOrThrow(readJson(text)))).toEqual(placed(Either.getOrThrow(readYaml(text))))
      })
    )
  })
})
