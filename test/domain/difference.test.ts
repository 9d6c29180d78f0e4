import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { areSame, differences } from "../../src/domain/difference.ts"
import { canonicalJson } from "../../src/domain/hash.ts"

const documents = FastCheck.jsonValue({ maxDepth: 3 })

describe("differences", () => {
  it.prop("are none exactly between documents that are the same", [documents, documents], ([left, right]) => {
    expect(differences(left, left)).toEqual([])
    expect(differences(left, right).length === 0).toBe(canonicalJson(left) === canonicalJson(right))
  })

  it.prop("tell absent from other names", [documents], (value) => {
    expect(areSame({ a: undefined, b: value }, { b: value })).toBe(true)
    expect(areSame({ a: undefined }, { b: value })).toBe(false)
    expect(areSame({ b: value, a: 1 }, { a: 1, b: value })).toBe(true)
    expect(areSame([value], { 0: value })).toBe(false)
  })

  it.prop("are the same from the other side", [documents, documents], ([left, right]) => {
    const turned = differences(right, left).map(({ path, left, right }) => ({
      path,
      left: right,
      right: left
    }))
    const texts = (found: ReadonlyArray<unknown>) => found.map((each) => canonicalJson(each)).sort()
    expect(texts(turned)).toEqual(texts(differences(left, right)))
  })

  it("name the places, and say what only one side has", () => {
    const left = { a: 1, b: { c: [1, 2], d: null }, same: "x" }
    const right = { b: { c: [1, 3, 4], d: {} }, same: "x", e: true }
    expect(differences(left, right)).toEqual([
      { path: "a", left: 1, right: undefined },
      { path: "b.c[1]", left: 2, right: 3 },
      { path: "b.c[2]", left: undefined, right: 4 },
      { path: "b.d", left: null, right: {} },
      { path: "e", left: undefined, right: true }
    ])
  })
})
