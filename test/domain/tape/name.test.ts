import { describe, expect, it } from "@effect/vitest"
import { Either, FastCheck } from "effect"
import {
  isTape,
  parseTapeName,
  replacingOnMiss,
  spelledTape,
  type TapeName,
  type TapeSource
} from "../../../src/domain/tape/name.ts"
import type { OnMiss } from "../../../src/domain/tape/onMiss.ts"

const name = FastCheck.string({ minLength: 1, unit: "grapheme" }).filter((text) => text.trim() !== "")
const file = name.map((text) => `./${text}`)
const position = FastCheck.option(FastCheck.integer({ min: 0, max: 1e9 }))

const source: FastCheck.Arbitrary<TapeSource> = FastCheck.oneof(
  FastCheck.record({
    kind: FastCheck.constant("run" as const),
    file: FastCheck.option(name),
    run: name,
    position
  }),
  FastCheck.record({
    kind: FastCheck.constant("file" as const),
    file,
    last: FastCheck.constantFrom(null, "01M81NX9Q0K6BBA1HVBNN9KMYN")
  })
)

const onMiss: FastCheck.Arbitrary<OnMiss> = FastCheck.oneof(
  FastCheck.constantFrom({ kind: "fail" } as const, { kind: "resample" } as const),
  name.map((model) => ({ kind: "ask", model }) as const)
)

const tapes: FastCheck.Arbitrary<TapeName> = FastCheck.record({
  sources: FastCheck.array(source, { minLength: 1, maxLength: 4 }),
  onMiss: FastCheck.option(onMiss, { nil: undefined })
})

describe("the name of a tape", () => {
  it.prop("is read back as it was written", [tapes, onMiss], ([tape, other]) => {
    const written = spelledTape(tape)
    expect(isTape(written)).toBe(true)
    expect(parseTapeName(written)).toEqual(Either.right(tape))
    expect(parseTapeName(replacingOnMiss(written, other))).toEqual(Either.right({ ...tape, onMiss: other }))
  })

  it.each([
    ["tape:demo", { kind: "run", file: null, run: "demo", position: null }],
    ["tape:demo@120", { kind: "run", file: null, run: "demo", position: 120 }],
    ["tape:old.db", { kind: "file", file: "old.db", last: null }],
    ["tape:./old", { kind: "file", file: "./old", last: null }],
    ["tape:old.db#demo", { kind: "run", file: "old.db", run: "demo", position: null }],
    ["tape:a%2Cb.db", { kind: "file", file: "a,b.db", last: null }],
    ["tape:gpt-4.1%2Ffast", { kind: "run", file: null, run: "gpt-4.1/fast", position: null }]
  ] as const)("%s", (written, read) => {
    expect(parseTapeName(written)).toEqual(Either.right({ sources: [read], onMiss: undefined }))
  })

  it.each([
    "tape:",
    "tape:a,",
    "tape:#a",
    "tape:a#",
    "tape:%",
    "tape:a?on-miss",
    "tape:a?x=1",
    "tape:a?on-miss=ask:"
  ])("%s is none", (written) => {
    expect(Either.isLeft(parseTapeName(written))).toBe(true)
  })
})
