import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import type { Recorded } from "../../../src/domain/events.ts"
import { randomFor } from "../../../src/domain/random.ts"
import { RunCurve } from "../../../src/domain/wandb/curve.ts"
import { lawRuns } from "../../support/lawRuns.ts"
import { published, smallSettings } from "../../support/settings.ts"
import { simulate } from "../../support/simulation.ts"

const oracles = FastCheck.record({
  seed: FastCheck.integer({ min: 0, max: 1_000_000 }),
  cases: FastCheck.integer({ min: 1, max: 4 }),
  skill: FastCheck.constantFrom(0.1, 0.4, 0.8),
  silence: FastCheck.constantFrom(0, 0.2)
})

const curveOf = (events: ReadonlyArray<Recorded>) => {
  const curve = new RunCurve()
  for (const event of events) curve.add(event)
  return curve.rows
}

describe("the curve of a run", () => {
  it.prop(
    "has a row for every program up to the stopping index, whatever the order was, and agrees with the end",
    [smallSettings, oracles, FastCheck.integer({ min: 2, max: 9 }), FastCheck.integer()],
    ([settings, oracle, capacity, seed]) => {
      const world = { settings, oracle }
      const { events, state } = simulate(world, capacity, randomFor(seed, "order"))
      const rows = curveOf(events)
      expect(rows).toEqual(curveOf(simulate(world, 1, randomFor(0, "order")).events))
      if (state._tag !== "Finished" || state.search.ended === undefined) throw new Error("no end")
      const { best, used } = state.search.ended
      expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: used.programs }, (_, index) => index))
      expect(rows.at(-1)?.values).toMatchObject({
        best_idx: best.index,
        best_avg_score: best.score,
        best_pass_rate: best.passed / best.total,
        llm_calls: used.calls
      })
    },
    lawRuns(10)
  )

  it("grows with the events: what it has said once stays", () => {
    const { events } = simulate(
      {
        settings: { ...published, maxPrograms: 12 },
        oracle: { seed: 5, cases: 3, skill: 0.3, silence: 0.1 }
      },
      4,
      randomFor(7, "order")
    )
    const whole = curveOf(events)
    const curve = new RunCurve()
    for (const event of events) {
      curve.add(event)
      expect(curve.rows).toEqual(whole.slice(0, curve.rows.length))
    }
    expect(whole.length).toBeGreaterThan(4)
  })
})
