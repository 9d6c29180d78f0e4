import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { sha256 } from "../../../src/domain/hash.ts"
import { draftId, type NodeId, RunId } from "../../../src/domain/ids.ts"
import { findAnswer } from "../../../src/domain/tape/find.ts"
import { addAnswer, emptyTape, type RecordedAnswer, type TapeRequest } from "../../../src/domain/tape/tape.ts"

const draftAt = (place: NodeId): TapeRequest => ({
  place,
  role: "draft",
  temperature: 0.5,
  system: [sha256("system")],
  user: [sha256("user")],
  program: null
})

const runs = ["01M81NX9Q0K6BBA1HVBNN9KMYN", "01M81NXV97BR3WVB892M4XS35E"].map((id) => RunId.make(id))

const answerAt = (source: number, place: NodeId): RecordedAnswer => ({
  source,
  place,
  origin: { run: runs[source]!, place },
  answer: sha256(`${source} ${place}`),
  usage: null,
  finishReason: "stop",
  servedBy: null
})

/** The ordinals at which each of two runs has an answer to the same request. */
const recorded = FastCheck.tuple(
  FastCheck.uniqueArray(FastCheck.nat({ max: 9 })),
  FastCheck.uniqueArray(FastCheck.nat({ max: 9 }))
)

describe("places beside one another that make the same request", () => {
  it.prop(
    "have their own answers, then different ones as long as there are some",
    [recorded, FastCheck.integer({ min: 1, max: 14 }), FastCheck.integer()],
    ([ordinals, asking, seed]) => {
      const tape = emptyTape()
      for (const [source, places] of ordinals.entries()) {
        for (const ordinal of places) {
          const place = draftId(ordinal)
          addAnswer(tape, draftAt(place), answerAt(source, place), false)
        }
      }
      const own = new Set(ordinals.flat())
      const spare = ordinals.flat().length - own.size
      const places = Array.from({ length: asking }, (_, ordinal) => draftId(ordinal))
      const found = places.map((place) => findAnswer(tape, draftAt(place), seed, false))
      const given = found.flatMap((one) => (one === undefined ? [] : [one.answer.answer]))
      expect(new Set(given).size).toBe(given.length)
      const exact = places.filter((_, ordinal) => own.has(ordinal)).length
      expect(found.filter((one) => one?.match === "exact")).toHaveLength(exact)
      expect(given).toHaveLength(exact + Math.min(asking - exact, spare))
      for (const place of places) {
        const resampled = findAnswer(tape, draftAt(place), seed, true)
        expect(resampled === undefined).toBe(own.size === 0)
      }
    }
  )

  it("have at another temperature, or about another program, what comes nearest", () => {
    const tape = emptyTape()
    const place = draftId(0)
    addAnswer(tape, { ...draftAt(place), program: sha256("p") }, answerAt(0, place), false)
    const matchOf = (changed: Partial<TapeRequest>) =>
      findAnswer(tape, { ...draftAt(draftId(1)), program: sha256("p"), ...changed }, 1, true)?.match
    const other = { system: [sha256("other")] }
    expect(matchOf({})).toBe("again")
    expect(matchOf({ temperature: 1 })).toBe("messages")
    expect(matchOf(other)).toBe("program")
    expect(matchOf({ ...other, program: null })).toBe("role")
    expect(matchOf({ role: "explain" })).toBeUndefined()
  })
})
