import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import type { Event } from "../../../../src/domain/events.ts"
import { measure } from "../../../../src/domain/metrics/run/measure.ts"
import { recorder } from "../../../../src/domain/metrics/run/recorder.ts"
import { randomFor } from "../../../../src/domain/random.ts"
import { oracles } from "../../../support/oracle.ts"
import { meanOf, sequential } from "../../../support/sequential.ts"
import { published, smallSettings } from "../../../support/settings.ts"
import { simulate, startOf, type World } from "../../../support/simulation.ts"
import { programText } from "../../../support/smallPrograms.ts"
import { only } from "../../../support/stepsLeft.ts"

const worlds: FastCheck.Arbitrary<World> = FastCheck.record({
  settings: smallSettings,
  oracle: oracles,
  hidden: FastCheck.boolean(),
  start: FastCheck.option(FastCheck.constant(programText("start", "WP")), { freq: 4 })
}).map(({ start, ...world }) => (start === null ? world : { ...world, start }))

const recordOf = (events: ReadonlyArray<Event>, clock = (pos: number) => pos * 1_000) => {
  const { take, record } = recorder()
  for (const [pos, event] of events.entries()) take({ at: clock(pos), isOwn: true, event })
  return record()
}

const prices = new Map([["scripted", { in: 1_000_000, out: 2_000_000 }]])

describe("the measures of a run", () => {
  it.prop(
    "agree with its end, and with the same search made step after step",
    [worlds, FastCheck.integer({ min: 1, max: 12 }), FastCheck.integer()],
    ([world, capacity, seed]) => {
      const events = simulate(world, capacity, randomFor(seed, "order")).events.map(({ event }) => event)
      const ended = only(events, "SearchEnded")[0]!
      const found = measure(recordOf(events)!, prices)!
      expect(found).toMatchObject({
        isFound: ended.status === "solved",
        isSolved: ended.status === "solved",
        testPassRate: world.hidden === false ? null : 1,
        bestScore: ended.best.score,
        programs: ended.used.programs,
        calls: ended.used.calls,
        tokens: ended.used.tokens,
        excess: ended.status === "solved" ? ended.best.index : null
      })
      const { tree } = sequential(world)
      const scores = tree.map(({ scores }) => meanOf(scores))
      const programs = found.progress.programs!
      expect(programs.spent).toBe(tree.length)
      for (const { at, score } of programs.rises) {
        expect(score).toBe(scores[at - 1])
        expect(Math.max(...scores.slice(0, at))).toBe(score)
      }
      expect(found.progress.calls!.spent).toBe(ended.used.calls)
      expect(found.progress.tokens!.spent).toBe(ended.used.tokens.in + ended.used.tokens.out)
      const texts = tree.flatMap(({ program }) => program ?? [])
      expect(found.own.duplicates).toBe(texts.length - new Set(texts).size)
      expect(found.own.generations.reduce((sum, count) => sum + count, 0)).toBe(tree.length)
      const paid = only(events, "CompletionReceived").length
      expect(found.own.bills.reduce((sum, { calls }) => sum + calls, 0)).toBe(paid)
      expect(found.calls + found.surplus.calls).toBe(paid)
      const [bill] = found.own.bills
      if (bill !== undefined) expect(bill.cost).toBeCloseTo(bill.tokens.in + 2 * bill.tokens.out, 6)
      const repairs = [...found.own.repairs.values()]
      expect(repairs.reduce((sum, one) => sum + one.repairs, 0)).toBe(
        tree.filter(({ node }) => node.includes(".")).length
      )
    },
    { fastCheck: { numRuns: 100 } }
  )

  it("are those of a run that has ended", () => {
    const started = startOf({ settings: published, oracle: { seed: 0, cases: 1, skill: 0, silence: 0 } })
    expect(recordOf([])).toBeUndefined()
    expect(measure(recordOf([started])!, prices)).toBeUndefined()
  })

  it("leave out the time between processes, and after the search", () => {
    const world = {
      settings: { ...published, maxPrograms: 2 },
      oracle: { seed: 1, cases: 2, skill: 0, silence: 0 }
    }
    const events = simulate(world, 1, randomFor(1, "order")).events.map(({ event }) => event)
    const end = events.findIndex(({ _tag }) => _tag === "SearchEnded")
    const resumed: Event = { _tag: "RunResumed", epoch: 1, rules: startOf(world).rules }
    const paused = [...events.slice(0, 3), resumed, ...events.slice(3)]
    const clock = (pos: number) => (pos < 3 ? pos : 86_400 + pos - 1) * 1_000
    expect(recordOf(paused, clock)!.elapsedMs).toBe(end * 1_000)
    expect(recordOf(events)!.elapsedMs).toBe(end * 1_000)
  })

  it("do not know tokens that were not counted", () => {
    const world = {
      settings: { ...published, maxPrograms: 3 },
      oracle: { seed: 1, cases: 2, skill: 0, silence: 0 }
    }
    const events = simulate(world, 1, randomFor(1, "order")).events.map(({ event }) =>
      event._tag === "CompletionReceived" && event.place === "d1" ? { ...event, usage: null } : event
    )
    const found = measure(recordOf(events)!, prices)!
    expect(found.tokens).toBeNull()
    expect(found.progress).toMatchObject({ tokens: null, cost: null })
    expect(found.own.bills[0]).toMatchObject({ uncounted: 1, cost: null, calls: 3 })
  })
})
