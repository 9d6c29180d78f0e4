import { describe, expect, it } from "@effect/vitest"
import { FastCheck, HashMap } from "effect"
import { draftId, type NodeId } from "../../../src/domain/ids.ts"
import { type Random, randomFor } from "../../../src/domain/random.ts"
import { evolve } from "../../../src/domain/search/evolve.ts"
import { rankGeneration } from "../../../src/domain/search/rank.ts"
import { byLexicase } from "../../../src/domain/search/ranking/lexicase.ts"
import { byScore } from "../../../src/domain/search/ranking/score.ts"
import type { Candidate, Selection } from "../../../src/domain/search/ranking/selection.ts"
import { byTournament } from "../../../src/domain/search/ranking/tournament.ts"
import { notStarted } from "../../../src/domain/search/state.ts"
import { meanOf } from "../../support/sequential.ts"
import { published, rankings } from "../../support/settings.ts"
import { startOf } from "../../support/simulation.ts"

const candidatesOf = (rows: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<Candidate> =>
  rows.map((caseScores, index) => ({ node: draftId(index), score: meanOf(caseScores), caseScores }))

const pools = FastCheck.integer({ min: 1, max: 5 }).chain((cases) =>
  FastCheck.array(
    FastCheck.array(FastCheck.constantFrom(0, 0.5, 1), { minLength: cases, maxLength: cases }),
    { minLength: 1, maxLength: 8 }
  ).map(candidatesOf)
)
const width = FastCheck.integer({ min: 1, max: 10 })
const seeds = FastCheck.integer()

const randomsOf = (seed: number) => (slot: number) => randomFor(seed, "rank", 0, slot)

const selections = FastCheck.constantFrom<ReadonlyArray<readonly [string, Selection]>[number]>(
  ["score", byScore],
  ["lexicase", byLexicase],
  ["tournament of 1", byTournament(1)],
  ["tournament of 3", byTournament(3)]
)

describe("every selection", () => {
  it.prop(
    "chooses distinct candidates, as many as there is room for",
    [selections, pools, width, seeds],
    ([[, select], pool, room, seed]) => {
      const chosen = select(pool, room, randomsOf(seed))
      expect(chosen.length).toBe(Math.min(room, pool.length))
      expect(new Set(chosen).size).toBe(chosen.length)
      expect(select(pool, room, randomsOf(seed))).toEqual(chosen)
      // A narrower beam is the beginning of a wider one.
      expect(select(pool, room + 1, randomsOf(seed)).slice(0, chosen.length)).toEqual(chosen)
    }
  )
})

describe("by score", () => {
  it.prop("is a stable order", [pools], ([pool]) => {
    const chosen = byScore(pool, pool.length, randomsOf(0)).map((node) =>
      pool.findIndex((one) => one.node === node)
    )
    for (let slot = 1; slot < chosen.length; slot++) {
      const [before, after] = [chosen[slot - 1]!, chosen[slot]!]
      const difference = pool[before]!.score - pool[after]!.score
      expect(difference > 0 || (difference === 0 && before < after)).toBe(true)
    }
  })
})

describe("by lexicase", () => {
  /** The definition, written once more: the survivors of filtering by a given order of cases. */
  const survivorsOf = (pool: ReadonlyArray<Candidate>, order: ReadonlyArray<number>) =>
    order.reduce((left, place) => {
      const best = Math.max(...left.map(({ caseScores }) => caseScores[place]!))
      return left.filter(({ caseScores }) => caseScores[place] === best)
    }, pool)

  it.prop("follows its definition in every slot", [pools, width, seeds], ([pool, room, seed]) => {
    let left = pool
    const expected: Array<NodeId> = []
    for (let slot = 0; slot < room && left.length > 0; slot++) {
      const random = randomsOf(seed)(slot)
      const order = random.shuffle(pool[0]!.caseScores.map((_, place) => place))
      const node = random.pick(survivorsOf(left, order)).node
      expected.push(node)
      left = left.filter((candidate) => candidate.node !== node)
    }
    expect(byLexicase(pool, room, randomsOf(seed))).toEqual(expected)
  })

  it.prop(
    "never chooses who is worse everywhere before who is better everywhere",
    [pools, seeds],
    ([pool, seed]) => {
      const chosen = byLexicase(pool, pool.length, randomsOf(seed))
      for (const better of pool) {
        for (const worse of pool) {
          const isDominated =
            better.caseScores.every((score, place) => score >= worse.caseScores[place]!) &&
            better.score > worse.score
          if (isDominated) expect(chosen.indexOf(better.node)).toBeLessThan(chosen.indexOf(worse.node))
        }
      }
    }
  )

  it("reaches whoever is alone best on one case, however low its mean", () => {
    const pool = candidatesOf([
      [1, 1, 1, 0],
      [0, 0, 0, 1],
      [1, 1, 0.5, 0]
    ])
    const firsts = new Set(Array.from({ length: 60 }, (_, seed) => byLexicase(pool, 1, randomsOf(seed))[0]))
    expect(firsts).toEqual(new Set([draftId(0), draftId(1)]))
  })

  it("draws a fresh order of cases for each slot", () => {
    const pool = candidatesOf(
      Array.from({ length: 6 }, (_, row) => [0, 1, 2, 3, 4, 5].map((c) => (c === row ? 1 : 0)))
    )
    const runs = Array.from({ length: 40 }, (_, seed) => byLexicase(pool, 2, randomsOf(seed)).join(" "))
    expect(new Set(runs).size).toBeGreaterThan(15)
  })
})

describe("by tournament", () => {
  it.prop(
    "of everybody is by score, but for the order of equals",
    [pools, width, seeds],
    ([pool, room, seed]) => {
      const scoresOf = (nodes: ReadonlyArray<NodeId>) =>
        nodes.map((node) => pool.find((candidate) => candidate.node === node)!.score)
      expect(scoresOf(byTournament(pool.length)(pool, room, randomsOf(seed)))).toEqual(
        scoresOf(byScore(pool, room, randomsOf(seed)))
      )
    }
  )

  it("of one is a draw, in which all come first about as often", () => {
    const pool = candidatesOf([[1], [0], [0.5]])
    const firsts = Array.from({ length: 300 }, (_, seed) => byTournament(1)(pool, 1, randomsOf(seed))[0])
    for (const { node } of pool) expect(firsts.filter((first) => first === node).length).toBeGreaterThan(60)
  })

  it("gives ties to chance, not to the index", () => {
    const pool = candidatesOf([[1], [1], [0]])
    const firsts = new Set(
      Array.from({ length: 30 }, (_, seed) => byTournament(3)(pool, 1, randomsOf(seed))[0])
    )
    expect(firsts).toEqual(new Set([draftId(0), draftId(1)]))
  })
})

describe("the ranking of a generation", () => {
  const judgedIn = (seed: number, count: number, ranking: Parameters<typeof searchWith>[0]) => {
    const random: Random = randomFor(seed, "verdicts")
    const rows = Array.from({ length: count }, () =>
      Array.from({ length: 4 }, () => random.pick(["P", "W", "R"]))
    )
    return searchWith(ranking, rows, random)
  }

  it.prop(
    "does not depend on the order in which its members came in",
    [rankings, seeds, FastCheck.integer({ min: 1, max: 20 })],
    ([ranking, seed, count]) => {
      const search = judgedIn(seed, count, ranking)
      const turned = { ...search, members: HashMap.fromIterable([...search.members].reverse()) }
      expect(rankGeneration(turned)).toEqual(rankGeneration(search))
    }
  )

  it.each([{ kind: "lexicase" }, { kind: "tournament", size: 2 }] as const)(
    "by $kind changes with the seed and the generation",
    (ranking) => {
      const search = judgedIn(1, 20, ranking)
      const under = (change: object, generation: number) =>
        rankGeneration({ ...search, generation, settings: { ...search.settings, ...change } }).survivors.join(
          " "
        )
      const seen = [1, 2, 3, 4].flatMap((seed) => [0, 1].map((generation) => under({ seed }, generation)))
      expect(new Set(seen).size).toBeGreaterThan(4)
    }
  )
})

const searchWith = (
  ranking: typeof published.ranking,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  random: Random
) => {
  const world = { settings: { ...published, ranking }, oracle: { seed: 0, cases: 4, skill: 0, silence: 0 } }
  const state = evolve(notStarted, { pos: 0, event: startOf(world) })
  if (state._tag !== "Searching") throw new Error("it has not begun")
  const members = rows.map((letters, index) => {
    const passed = letters.filter((letter) => letter === "P").length
    const judged = {
      verdicts: letters.join(""),
      partial: [],
      score: passed / 4,
      passed,
      total: 4,
      details: ""
    }
    return [index, { node: draftId(index), index, program: null, judged }] as const
  })
  return { ...state.search, size: rows.length, members: HashMap.fromIterable(random.shuffle(members)) }
}
