import { describe, expect, it } from "@effect/vitest"
import { Effect, FastCheck, Schema } from "effect"
import { canonicalJson, hashOf, sha256 } from "../../src/domain/hash.ts"
import {
  depthOf,
  draftId,
  InstructionId,
  instructionId,
  instructionOf,
  NodeId,
  nodeOf,
  ordinalOf,
  parentOf,
  RunId,
  repairId
} from "../../src/domain/ids.ts"
import { randomFor } from "../../src/domain/random.ts"
import { requestHash } from "../../src/domain/request.ts"
import { RunIds, layer as runIds } from "../../src/services/RunIds.ts"

describe("hashes", () => {
  it("are SHA-256 in hexadecimal", () => {
    expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    expect(sha256(new TextEncoder().encode("ü"))).toBe(sha256("ü"))
  })

  it.prop(
    "of different lists of parts differ",
    [Schema.Array(Schema.Union(Schema.String, Schema.Int)), Schema.Array(Schema.String)],
    ([one, other]) => {
      expect(hashOf(...one) === hashOf(...other)).toBe(JSON.stringify(one) === JSON.stringify(other))
    }
  )

  it("frame their parts", () => {
    expect(hashOf("ab", "c")).not.toBe(hashOf("a", "bc"))
    expect(hashOf("1")).not.toBe(hashOf(1))
  })

  it.prop(
    "of values do not depend on the order of keys",
    [FastCheck.dictionary(FastCheck.string(), FastCheck.jsonValue())],
    ([value]) => {
      const turned = Object.fromEntries(Object.entries(value).reverse())
      expect(canonicalJson(turned)).toBe(canonicalJson(value))
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }
  )
})

describe("the identity of a request", () => {
  const texts = Schema.Array(Schema.String)
  it.prop("is the hash of its canonical JSON", [Schema.String, texts, texts, Schema.JsonNumber], (parts) => {
    const [model, system, user, temperature] = parts
    const request = { user, role: "repair", temperature, system, model } as const
    const joined = { ...request, system: system.join(""), user: user.join("") }
    expect(requestHash(request)).toBe(sha256(canonicalJson(joined)))
  })
})

describe("randomness", () => {
  it("depends on seed, purpose and place alone", () => {
    const draw = (...at: Parameters<typeof randomFor>) => {
      const random = randomFor(...at)
      return Array.from({ length: 5 }, () => random.integer(0, 1_000_000))
    }
    expect(draw(1, "rank", 0)).toEqual(draw(1, "rank", 0))
    const different = [
      draw(1, "rank", 0),
      draw(2, "rank", 0),
      draw(1, "other", 0),
      draw(1, "rank", 1),
      draw(1, "rank")
    ]
    expect(new Set(different.map(String)).size).toBe(different.length)
  })

  it.prop(
    "stays within its bounds, and loses nothing in shuffling",
    [FastCheck.integer(), FastCheck.nat({ max: 20 }), FastCheck.array(FastCheck.integer(), { minLength: 1 })],
    ([seed, size, items]) => {
      const random = randomFor(seed, "test")
      for (let time = 0; time < 20; time++) {
        const number = random.integer(-size, size)
        expect(Number.isInteger(number) && number >= -size && number <= size).toBe(true)
        expect(random.number()).toBeLessThan(1)
        expect(items).toContain(random.pick(items))
      }
      const shuffled = random.shuffle(items)
      expect([...shuffled].sort()).toEqual([...items].sort())
    }
  )

  it("shuffles fairly, and takes chances as often as it says", () => {
    const firsts = new Map<number, number>()
    let taken = 0
    for (let seed = 0; seed < 3_000; seed++) {
      const random = randomFor(seed, "fair")
      const first = random.shuffle([0, 1, 2])[0]!
      firsts.set(first, (firsts.get(first) ?? 0) + 1)
      if (random.chance(0.25)) taken += 1
    }
    for (const count of firsts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(130)
    expect(Math.abs(taken - 750)).toBeLessThan(110)
    expect(() => randomFor(1, "x").pick([])).toThrow(RangeError)
  })
})

describe("places", () => {
  const numbers = FastCheck.nat({ max: 200 })
  const paths = FastCheck.tuple(numbers, FastCheck.array(FastCheck.tuple(numbers, numbers), { maxLength: 4 }))

  it.prop("are told by their path", [paths, numbers, numbers], ([[draft, steps], e, r]) => {
    const node = steps.reduce((at, [e1, r1]) => repairId(instructionId(at, e1), r1), draftId(draft))
    const instruction = instructionId(node, e)
    const repair = repairId(instruction, r)
    expect(Schema.is(NodeId)(repair) && Schema.is(InstructionId)(instruction)).toBe(true)
    expect(Schema.is(NodeId)(instruction) || Schema.is(InstructionId)(repair)).toBe(false)
    expect([instructionOf(repair), nodeOf(instruction), parentOf(repair)]).toEqual([instruction, node, node])
    expect([ordinalOf(repair), ordinalOf(instruction), ordinalOf(draftId(draft))]).toEqual([r, e, draft])
    expect([depthOf(node), depthOf(repair)]).toEqual([steps.length, steps.length + 1])
  })

  it("of drafts have no parent", () => {
    expect([instructionOf(draftId(3)), parentOf(draftId(3)), depthOf(draftId(3))]).toEqual([
      undefined,
      undefined,
      0
    ])
  })
})

describe("names of runs", () => {
  it.live("are valid, differ and sort by time", () =>
    Effect.gen(function* () {
      const ids = yield* RunIds
      const names = yield* Effect.replicateEffect(ids.next, 50)
      expect(new Set(names).size).toBe(50)
      for (const name of names) expect(Schema.is(RunId)(name)).toBe(true)
      expect(names.map((name) => name.slice(0, 10))).toEqual(names.map((name) => name.slice(0, 10)).sort())
    }).pipe(Effect.provide(runIds))
  )
})
