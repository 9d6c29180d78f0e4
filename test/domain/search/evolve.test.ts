import { describe, expect, it } from "@effect/vitest"
import { Arbitrary, FastCheck, HashMap, SortedMap } from "effect"
import { Event, RunForked } from "../../../src/domain/events.ts"
import { randomFor } from "../../../src/domain/random.ts"
import { decide } from "../../../src/domain/search/decide.ts"
import { evolve } from "../../../src/domain/search/evolve.ts"
import { outcomeOf } from "../../../src/domain/search/outcome.ts"
import { notStarted, type RunState } from "../../../src/domain/search/state.ts"
import { actorNames } from "../../../src/domain/search/work.ts"
import { lawRuns } from "../../support/lawRuns.ts"
import { oracles } from "../../support/oracle.ts"
import { smallSettings } from "../../support/settings.ts"
import { simulate, startOf } from "../../support/simulation.ts"

/** Any event; one that begins a run begins a small one. */
const anyEvent = FastCheck.tuple(Arbitrary.make(Event), smallSettings).map(
  ([event, settings]): Event =>
    event._tag === "RunStarted" || event._tag === "RunForked" ? { ...event, settings } : event
)

const anything = FastCheck.array(anyEvent, { maxLength: 12 })

const nobody = {
  Synthesize: new Map(),
  Execute: new Map(),
  Rank: new Map(),
  Instruct: new Map(),
  Debug: new Map()
}

const expectInvariants = (state: RunState) => {
  if (state._tag === "NotStarted") return
  const { search } = state
  expect(search.first + search.size).toBeLessThanOrEqual(search.settings.maxPrograms)
  for (const [index, member] of search.members) {
    expect(member.index).toBe(index)
    expect(index).toBeGreaterThanOrEqual(search.first)
    expect(index).toBeLessThan(search.first + search.size)
  }
  const judged = [...HashMap.values(search.members)].filter((member) => member.judged !== undefined)
  expect(search.judgedCount).toBeGreaterThanOrEqual(judged.length)
  for (const name of actorNames) {
    for (const [order, work] of SortedMap.entries(search.open[name])) {
      expect(work.order).toBe(order)
      // What follows the end is for the best program, wherever that stands.
      const follows = work._tag === "ScoreHidden" || work._tag === "Finish"
      if (!follows) expect(work.index).toBeLessThanOrEqual(search.stopIndex ?? Number.POSITIVE_INFINITY)
    }
  }
}

describe("evolve", () => {
  it.prop(
    "takes any events in any order without throwing, and keeps its invariants",
    [smallSettings, oracles, FastCheck.integer(), anything],
    ([settings, oracle, seed, noise]) => {
      // A real history with its events out of order, some twice, and strange ones in between.
      const random = randomFor(seed, "mess")
      const { events } = simulate({ settings, oracle }, 3, random)
      const [first, ...others] = [...events.map(({ event }) => event)]
      const mess = random.shuffle([...others, ...others.filter(() => random.chance(0.2)), ...noise])
      let state: RunState = notStarted
      for (const [pos, event] of [...noise, first!, ...mess].entries()) {
        state = evolve(state, { pos, event })
        expectInvariants(state)
        decide(state, nobody, 3)
        if (state._tag === "Searching") outcomeOf(state.search)
      }
    },
    lawRuns(150)
  )

  it.prop(
    "takes nearly ordered events too",
    [smallSettings, oracles, FastCheck.integer()],
    ([settings, oracle, seed]) => {
      const random = randomFor(seed, "swaps")
      const events = simulate({ settings, oracle }, 3, random).events.map(({ event }) => event)
      for (let swap = 0; swap < 3; swap++) {
        const at = random.integer(1, Math.max(1, events.length - 2))
        if (events[at + 1] !== undefined) [events[at], events[at + 1]] = [events[at + 1]!, events[at]!]
      }
      let state: RunState = notStarted
      for (const [pos, event] of events.entries()) {
        state = evolve(state, { pos, event })
        expectInvariants(state)
      }
    },
    lawRuns(150)
  )

  it.prop(
    "ignores what comes before the beginning and after the end",
    [smallSettings, oracles, anything],
    ([settings, oracle, noise]) => {
      const { state, events } = simulate({ settings, oracle }, 3, randomFor(1, "order"))
      // A fork goes on after the end of its parent.
      const late = noise
        .filter(({ _tag }) => _tag !== "RunForked")
        .reduce((after, event, index) => evolve(after, { pos: events.length + index, event }), state)
      expect(late).toBe(state)
      const early = noise
        .filter(({ _tag }) => _tag !== "RunStarted")
        .reduce<RunState>((before, event, pos) => evolve(before, { pos, event }), notStarted)
      expect(early).toBe(notStarted)
    },
    lawRuns(30)
  )

  it.prop(
    "gives the same state for a history that is folded again from its middle",
    [smallSettings, oracles, FastCheck.double({ min: 0, max: 1, noNaN: true })],
    ([settings, oracle, share]) => {
      const { state, events } = simulate({ settings, oracle }, 3, randomFor(1, "order"))
      const cut = Math.floor(share * events.length)
      const middle = events.slice(0, cut).reduce<RunState>(evolve, notStarted)
      const end = events.slice(cut).reduce<RunState>(evolve, middle)
      expect(end._tag).toBe("Finished")
      if (end._tag === "Finished" && state._tag === "Finished") {
        expect(end.search.ended).toEqual(state.search.ended)
        expect(end.search.hiddenScored).toEqual(state.search.hiddenScored)
      }
    },
    lawRuns(30)
  )

  it.prop(
    "takes no fork with a budget below what it inherits",
    [smallSettings, oracles, Arbitrary.make(RunForked)],
    ([settings, oracle, fork]) => {
      const { events } = simulate(
        { settings: { ...settings, maxPrograms: 5, drafts: 5 }, oracle },
        3,
        randomFor(1, "order")
      )
      const judged = events.findIndex(({ event }) => event._tag === "ProgramEvaluated" && event.index > 0)
      if (judged < 0) return
      const before = events.slice(0, judged + 1).reduce<RunState>(evolve, notStarted)
      const tight: Event = { ...fork, at: { kind: "position" }, settings: { ...settings, maxPrograms: 1 } }
      const after = evolve(before, { pos: judged + 1, event: tight })
      expectInvariants(after)
      if (before._tag === "Searching" && after._tag !== "NotStarted") expect(after.search).toBe(before.search)
    },
    lawRuns(30)
  )

  it("opens nothing for a program of the user's but its execution", () => {
    const start = "x"
    const world = { settings: smallest, oracle: { seed: 1, cases: 1, skill: 1, silence: 0 }, start }
    const state = evolve(notStarted, { pos: 0, event: startOf(world) })
    expect(decide(state, nobody, 3)).toEqual([])
  })
})

const smallest = FastCheck.sample(smallSettings, { numRuns: 1, seed: 1 })[0]!
