import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import type { Event, Recorded } from "../../../src/domain/events.ts"
import { sha256 } from "../../../src/domain/hash.ts"
import { parentOf } from "../../../src/domain/ids.ts"
import { randomFor } from "../../../src/domain/random.ts"
import { openSteps } from "../../../src/domain/search/decide.ts"
import { lawRuns } from "../../support/lawRuns.ts"
import { oracles } from "../../support/oracle.ts"
import { meanOf, sequential } from "../../support/sequential.ts"
import { published, smallSettings } from "../../support/settings.ts"
import { simulate, type World } from "../../support/simulation.ts"
import { programText } from "../../support/smallPrograms.ts"
import { only, stepsLeft } from "../../support/stepsLeft.ts"

const worlds: FastCheck.Arbitrary<World> = FastCheck.record({
  settings: smallSettings,
  oracle: oracles,
  hidden: FastCheck.boolean(),
  start: FastCheck.option(FastCheck.constant(programText("start", "WP")), { freq: 4 })
}).map(({ start, ...world }) => (start === null ? world : { ...world, start }))

/** How fast the steps are: the room in the inboxes, and the order in which they end. */
const pace = FastCheck.tuple(FastCheck.integer({ min: 1, max: 12 }), FastCheck.integer())

const grow = (world: World, [capacity, seed]: readonly [number, number]) =>
  simulate(world, capacity, randomFor(seed, "order"))

const eventsOf = (events: ReadonlyArray<Recorded>): ReadonlyArray<Event> => events.map(({ event }) => event)

const many = lawRuns(150)

describe("a search in any order of completions", () => {
  it.prop(
    "comes to the tree, the rankings and the winner of one that takes step after step",
    [worlds, pace],
    ([world, speed]) => {
      const events = eventsOf(grow(world, speed).events)
      const { tree, rankings } = sequential(world)
      const ended = only(events, "SearchEnded")[0]!
      const judged = only(events, "ProgramEvaluated")
        .filter(({ index }) => index < tree.length)
        .sort((left, right) => left.index - right.index)
      expect(judged.map(({ node, program, score }) => [node, program, score])).toEqual(
        tree.map(({ node, program, scores }) => [
          node,
          program === undefined ? null : sha256(program),
          meanOf(scores)
        ])
      )
      expect(only(events, "GenerationRanked").map(({ survivors }) => survivors)).toEqual(rankings)
      const scores = tree.map(({ scores }) => meanOf(scores))
      const best = scores.indexOf(Math.max(...scores))
      expect(ended.best).toMatchObject({ node: tree[best]!.node, index: best, score: scores[best] })
      expect(ended.status).toBe(scores[best] === 1 ? "solved" : "unsolved")
      expect(ended.used.programs).toBe(tree.length)
    },
    many
  )

  it.prop(
    "ends with the same outcome and digest, but for surplus",
    [worlds, pace, pace],
    ([world, left, right]) => {
      const [one, other] = [left, right].map(
        (speed) => only(eventsOf(grow(world, speed).events), "SearchEnded")[0]!
      )
      expect({ ...one, surplus: undefined }).toEqual({ ...other, surplus: undefined })
    },
    many
  )

  it.prop(
    "always has the open steps that its events leave",
    [worlds, pace],
    ([world, [capacity, seed]]) => {
      simulate(world, capacity, randomFor(seed, "order"), (events, state) => {
        const open = openSteps(state).map(({ _tag, index }) => `${_tag} ${index}`)
        expect(open.sort()).toEqual([...stepsLeft(events)])
      })
    },
    lawRuns(60)
  )

  it.prop(
    "never asks beyond the budget, and takes parents from the generation before alone",
    [worlds, pace],
    ([world, speed]) => {
      const events = eventsOf(grow(world, speed).events)
      const { maxPrograms, beamWidth } = world.settings
      const written = only(events, "ProgramWritten")
      expect(Math.max(...written.map(({ index }) => index))).toBeLessThan(maxPrograms)
      expect(new Set(written.map(({ index }) => index)).size).toBe(written.length)
      for (const { generation, survivors } of only(events, "GenerationRanked")) {
        expect(new Set(survivors).size).toBe(survivors.length)
        expect(survivors.length).toBeLessThanOrEqual(beamWidth)
        const parents = new Set(written.filter(({ node }) => depth(node) === generation + 1).map(parent))
        for (const node of parents) expect(survivors).toContain(node)
      }
    },
    many
  )
})

const depth = (node: string): number => node.split(".r").length - 1
const parent = ({ node }: { readonly node: Parameters<typeof parentOf>[0] }) => parentOf(node)

describe("the published setting N = 4", () => {
  it("makes 4 drafts and three generations of 32", () => {
    const oracle = { seed: 1, cases: 3, skill: 0, silence: 0 }
    const events = eventsOf(grow({ settings: published, oracle }, [8, 1]).events)
    const sizes = [0, 1, 2, 3, 4].map(
      (generation) => only(events, "ProgramWritten").filter(({ node }) => depth(node) === generation).length
    )
    expect(sizes).toEqual([4, 32, 32, 32, 0])
    const ended = only(events, "SearchEnded")[0]!
    expect(ended.used.programs).toBe(100)
    // Drafts, 3 × 8 explanations and 3 × 32 repairs.
    expect(ended.used.calls).toBe(4 + 24 + 96)
  })
})
