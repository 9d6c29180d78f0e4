import { expect, it } from "@effect/vitest"
import { Effect, FastCheck as fc, Stream } from "effect"
import { randomFor } from "../../../src/domain/random.ts"
import { sampleLines } from "../../../src/services/ProblemSource/sampleLines.ts"

/** The text in pieces of a size, so that lines and characters are cut anywhere. */
const inPieces = (text: string, size: number) => {
  const bytes = new TextEncoder().encode(text)
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size)
  )
  return Stream.fromIterable(pieces)
}

const sample = (text: string, size: number, seed = 1, piece = 7) =>
  Effect.runSync(sampleLines(inPieces(text, piece), size, randomFor(seed, "test")))

const lines = fc.array(fc.string({ unit: fc.constantFrom("a", "é", "😀", "\r") }), { maxLength: 40 })

it("takes each line that is not empty once, when all are asked for", () => {
  fc.assert(
    fc.property(lines, fc.integer({ min: 1, max: 9 }), (texts, piece) => {
      const found = sample(texts.join("\n"), 1_000, 1, piece)
      const expected = texts
        .map((text, index) => ({ line: index + 1, text }))
        .filter(({ text }) => !["", "\r"].includes(text))
      expect([...found].sort((left, right) => left.line - right.line)).toEqual(expected)
    })
  )
})

it("begins a larger sample with the smaller one, however the bytes come", () => {
  const text = Array.from({ length: 5_000 }, (_, index) => `line ${index + 1}\n`).join("")
  const large = sample(text, 800)
  for (const [size, piece] of [
    [1, 1],
    [20, 64],
    [300, 4096],
    [800, 13]
  ] as const) {
    expect(sample(text, size, 1, piece)).toEqual(large.slice(0, size))
  }
  expect(sample(text, 800, 2)).not.toEqual(large)
})

it("takes every line equally often", () => {
  const text = Array.from({ length: 20 }, (_, index) => `${index}\n`).join("")
  const times = new Array<number>(20).fill(0)
  for (let seed = 0; seed < 2_000; seed++) {
    for (const { line } of sample(text, 5, seed, 64)) times[line - 1]! += 1
  }
  // 500 expected, standard deviation 19: five of them.
  for (const count of times) expect(Math.abs(count - 500)).toBeLessThan(97)
})

it.effect("names the line that is not UTF-8, if it is sampled", () =>
  Effect.gen(function* () {
    const bytes = Stream.make(Uint8Array.from([97, 10, 0xff, 10]))
    expect(yield* Effect.flip(sampleLines(bytes, 5, randomFor(1, "test")))).toBe(
      "line 2: the line is not UTF-8 text"
    )
  })
)
