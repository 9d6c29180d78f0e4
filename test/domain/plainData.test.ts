import { describe, expect, it } from "@effect/vitest"
import { Arbitrary, Either, FastCheck, Schema } from "effect"
import { Details } from "../../src/domain/details.ts"
import { Event } from "../../src/domain/events.ts"
import { isPlainOf } from "../../src/domain/plainData.ts"

/** What may stand in an event's place: values of all kinds, among them those that JSON does not give back. */
const anything = FastCheck.oneof(
  FastCheck.constantFrom(null, undefined, "", "d0", "d0.e0", 0, -0, 1, -1, 0.5, Number.NaN, 1e308, true, []),
  FastCheck.anything()
)

interface Change {
  readonly at: number
  readonly how: "replace" | "add" | "remove"
  readonly value: unknown
}

const changes: FastCheck.Arbitrary<Change> = FastCheck.record({
  at: FastCheck.nat(40),
  how: FastCheck.constantFrom("replace" as const, "add" as const, "remove" as const),
  value: anything
})

/** The same value with one of its parts changed. */
const changed = (value: unknown, change: Change): unknown => {
  const copy: unknown = structuredClone(value)
  const places = placesIn(copy)
  const place = places[change.at % places.length]
  if (place === undefined) return change.value
  const { of, key } = place
  if (change.how === "replace") of[key] = change.value
  // No reader of JSON makes a list with names of its own.
  if (change.how === "add" && !Array.isArray(of)) of["added"] = change.value
  if (change.how === "remove") delete of[key]
  return copy
}

interface Place {
  readonly of: Record<string, unknown>
  readonly key: string
}

const placesIn = (value: unknown): ReadonlyArray<Place> =>
  typeof value === "object" && value !== null
    ? Object.keys(value).flatMap((key) => {
        const of = value as Record<string, unknown>
        return [{ of, key }, ...placesIn(of[key])]
      })
    : []

describe.each([
  ["events", Event as unknown as Schema.Schema<unknown>],
  ["details", Details as Schema.Schema<unknown>]
])("%s", (_, schema) => {
  const isPlain = isPlainOf(schema)
  const decode = Schema.decodeUnknownEither(schema)
  const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

  it.prop("are plain when they come out of JSON", [Arbitrary.make(schema)], ([value]) => {
    const read = throughJson(value)
    // The arbitrary draws numbers that JSON does not know.
    if (Either.isRight(decode(read))) expect(isPlain(read)).toBe(true)
  })

  it.prop(
    "that are plain are what the decoder and JSON make of them",
    [Arbitrary.make(schema), changes],
    ([value, change]) => {
      const other = changed(value, change)
      if (!isPlain(other)) return
      expect(Either.getOrThrow(decode(other))).toEqual(other)
      expect(throughJson(other)).toEqual(other)
    }
  )
})

it("knows what is not plain", () => {
  const isPlain = isPlainOf(Schema.Struct({ list: Schema.Array(Schema.Finite) }))
  expect(isPlain({ list: [1, 2] })).toBe(true)
  expect(isPlain({ list: [1], more: 1 })).toBe(false)
  expect(isPlain({ list: [-0] })).toBe(false)
  expect(isPlain({ list: new Array(1) })).toBe(false)
  expect(() => isPlainOf(Schema.NumberFromString)).toThrow("Transformation is not plain data")
  expect(() => isPlainOf(Schema.Record({ key: Schema.String, value: Schema.String }))).toThrow("record")
})
