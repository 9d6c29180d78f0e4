import { describe, expect, it } from "@effect/vitest"
import type { Event, ProgramEvaluated } from "../../../src/domain/events.ts"
import { sha256 } from "../../../src/domain/hash.ts"
import { randomFor } from "../../../src/domain/random.ts"
import { evolve } from "../../../src/domain/search/evolve.ts"
import { outcomeOf } from "../../../src/domain/search/outcome.ts"
import { notStarted, type RunState } from "../../../src/domain/search/state.ts"
import type { SearchSettings } from "../../../src/domain/settings.ts"
import { published } from "../../support/settings.ts"
import { simulate } from "../../support/simulation.ts"

const settings: SearchSettings = { ...published, maxPrograms: 20, explanations: 1, repairs: 2, beamWidth: 2 }
const oracle = { seed: 5, cases: 4, skill: 0.4, silence: 0.1 }

/** An unsolved run, in order, without its end. */
const recorded = simulate({ settings, oracle }, 1, randomFor(1, "order"))
  .events.map(({ event }) => event)
  .filter(({ _tag }) => !["SearchEnded", "HiddenScored", "RunFinished"].includes(_tag))

const digestAfter = (events: ReadonlyArray<Event>): string => {
  const state = events.reduce<RunState>((before, event, pos) => evolve(before, { pos, event }), notStarted)
  if (state._tag !== "Searching") throw new Error("the run is not under way")
  return outcomeOf(state.search)!.digest
}

const original = digestAfter(recorded)

/** The events with one of a kind replaced, the one at a place among its kind. */
const changed = <Tag extends Event["_tag"]>(
  tag: Tag,
  place: number,
  change: (event: Extract<Event, { readonly _tag: Tag }>) => Event
): ReadonlyArray<Event> => {
  const positions = recorded.flatMap(({ _tag }, pos) => (_tag === tag ? [pos] : []))
  const at = positions[place % positions.length]!
  return recorded.map((event, pos) =>
    pos === at ? change(event as Extract<Event, { readonly _tag: Tag }>) : event
  )
}

const places = [0, 3, 7, 12, 19]
const other = sha256("something else")

describe("the digest", () => {
  it.each(places)("changes with the answer, the request and the program at %i", (place) => {
    expect(
      digestAfter(changed("CompletionReceived", place, (event) => ({ ...event, answer: other })))
    ).not.toBe(original)
    expect(
      digestAfter(changed("CompletionRequested", place, (event) => ({ ...event, requestHash: other })))
    ).not.toBe(original)
    expect(digestAfter(changed("ProgramWritten", place, (event) => ({ ...event, program: other })))).not.toBe(
      original
    )
    expect(
      digestAfter(changed("InstructionWritten", place, (event) => ({ ...event, text: other })))
    ).not.toBe(original)
  })

  it.each(places)("changes with a verdict and a partial score at %i", (place) => {
    // The score stays as it is, so that nothing but the columns tells the difference.
    const verdict = (event: ProgramEvaluated) => ({
      ...event,
      verdicts: `${event.verdicts.slice(1)}${event.verdicts[0] === "R" ? "T" : "R"}`
    })
    const partial = (event: ProgramEvaluated) => ({
      ...event,
      partial: [...event.partial, [0, 0.25] as const]
    })
    expect(digestAfter(changed("ProgramEvaluated", place, verdict))).not.toBe(original)
    expect(digestAfter(changed("ProgramEvaluated", place, partial))).not.toBe(original)
  })

  it("changes with the problem, its cases and the program to begin from", () => {
    const started = (change: object) =>
      changed("RunStarted", 0, (event) => ({ ...event, problem: { ...event.problem, ...change } }))
    expect(digestAfter(started({ document: other }))).not.toBe(original)
    expect(digestAfter(started({ casesHash: other }))).not.toBe(original)
  })

  const settingChanges: ReadonlyArray<readonly [string, Partial<SearchSettings>]> = [
    ["seed", { seed: 43 }],
    ["language", { language: "cpp" }],
    ["models", { models: { ...settings.models, repair: { name: "another", batch: 10 } } }],
    ["temperature", { temperature: { kind: "constant", value: 0.5 } }],
    ["limits", { limits: { ...settings.limits, timeMs: 1_999 } }],
    ["ranking", { ranking: { kind: "tournament", size: 2 } }],
    ["instructions", { instructions: "static" }]
  ]
  it.each(settingChanges)("changes with the setting %s", (_, change) => {
    const events = changed("RunStarted", 0, (event) => ({ ...event, settings: { ...settings, ...change } }))
    expect(digestAfter(events)).not.toBe(original)
  })

  it("changes with a ranking", () => {
    const events = changed("GenerationRanked", 0, (event) => ({
      ...event,
      survivors: [...event.survivors].reverse()
    }))
    expect(digestAfter(events)).not.toBe(original)
  })

  it("does not change with what shapes nothing: labels, versions, hidden cases, usage, latency, details", () => {
    const same = [
      changed("RunStarted", 0, (event) => ({
        ...event,
        label: "another",
        hidden: null,
        environment: { seidr: "9", node: "9", tier: "9", toolchain: "9" }
      })),
      changed("CompletionReceived", 3, (event) => ({ ...event, usage: null, latencyMs: 99, servedBy: "x" })),
      changed("CompletionRequested", 3, (event) => ({ ...event, attempt: 7 })),
      changed("ProgramEvaluated", 3, (event) => ({ ...event, details: other, source: "cache" })),
      [...recorded, { _tag: "RunInterrupted", by: "signal", reason: "x" } as const]
    ]
    for (const events of same) expect(digestAfter(events)).toBe(original)
  })
})
