import { describe, expect, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import type { Event } from "../../../src/domain/events.ts"
import { sha256 } from "../../../src/domain/hash.ts"
import { replay } from "../../../src/programs/replay/replay.ts"
import { EventLog, type Stored } from "../../../src/services/EventLog.ts"
import { eventsOf, oracleModel, preparedIn, searching, solveAndReplay } from "../../support/searching.ts"
import { published } from "../../support/settings.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"

const settings = { ...published, maxPrograms: 16, explanations: 1, repairs: 3, beamWidth: 2 }
const oracle = { seed: 6, cases: 4, skill: 0.3, silence: 0.1 }
const other = sha256("something else")

const replayOf = (log: typeof EventLog.Service, rows: ReadonlyArray<Stored>) =>
  Effect.provideService(replay(rows[0]!.runId), EventLog, { ...log, read: () => Stream.fromIterable(rows) })

/** Records one run, and replays it changed. */
const withRun = <A, E>(
  use: (log: typeof EventLog.Service, rows: ReadonlyArray<Stored>) => Effect.Effect<A, E>
) =>
  Effect.gen(function* () {
    const layer = searching({ database: yield* temporaryLog, model: oracleModel(oracle) })
    return yield* Effect.provide(
      Effect.gen(function* () {
        const { result } = yield* solveAndReplay(preparedIn({ settings, oracle }))
        const rows = yield* eventsOf(result.runId)
        return yield* use(yield* EventLog, rows)
      }),
      layer
    )
  })

type Tag = Event["_tag"]
type Of<T extends Tag> = Extract<Event, { readonly _tag: T }>

const change = <T extends Tag>(tag: T, name: string, mutate: (event: Of<T>) => Of<T>) =>
  ({ tag, name, mutate: (event: Event): Event => mutate(event as Of<T>) }) as const

/** Everything that follows from a run's past, changed: found at its own position. */
const changes = [
  change("CompletionRequested", "request hash", (event) => ({ ...event, requestHash: other })),
  change("CompletionRequested", "attempt", (event) => ({ ...event, attempt: event.attempt + 1 })),
  change("CompletionRequested", "index", (event) => ({ ...event, index: event.index + 1 })),
  change("CompletionRequested", "call key", (event) => ({ ...event, callKey: other })),
  change("CompletionRequested", "temperature", (event) => ({
    ...event,
    request: { ...event.request, temperature: event.request.temperature + 0.1 }
  })),
  change("CompletionRequested", "prompt", (event) => ({
    ...event,
    request: { ...event.request, user: [other] }
  })),
  change("CompletionReceived", "request hash", (event) => ({ ...event, requestHash: other })),
  change("CompletionReceived", "call key", (event) => ({ ...event, callKey: other })),
  change("CompletionReceived", "attempt", (event) => ({ ...event, attempt: 9 })),
  change("ProgramWritten", "program", (event) => ({ ...event, program: other })),
  change("ProgramWritten", "index", (event) => ({ ...event, index: event.index + 100 })),
  change("ProgramEvaluated", "score", (event) => ({ ...event, score: event.score + 0.001 })),
  change("ProgramEvaluated", "passed", (event) => ({ ...event, passed: event.passed + 1 })),
  change("ProgramEvaluated", "total", (event) => ({ ...event, total: event.total + 1 })),
  change("ProgramEvaluated", "verdicts", (event) => ({ ...event, verdicts: event.verdicts.slice(1) })),
  change("ProgramEvaluated", "partial", (event) => ({ ...event, partial: [[0, 0.123]] })),
  change("ProgramEvaluated", "program", (event) => ({ ...event, program: other })),
  change("ProgramEvaluated", "source", (event) => ({
    ...event,
    source: event.source === "same" ? "ran" : "same"
  })),
  change("SearchEnded", "what a fork has inherited", (event) => ({
    ...event,
    fork: { inherited: event.used, adopted: { calls: 0, tokens: { in: 0, out: 0 } } }
  })),
  change("RunStarted", "cases", (event) => ({ ...event, problem: { ...event.problem, cases: 1 } })),
  change("ProgramEvaluated", "letters", (event) => ({ ...event, verdicts: "?".repeat(event.total) })),
  change("GenerationRanked", "order", (event) => ({ ...event, survivors: [...event.survivors].reverse() })),
  change("GenerationRanked", "survivors", (event) => ({ ...event, survivors: event.survivors.slice(1) })),
  change("InstructionWritten", "text", (event) => ({ ...event, text: other })),
  change("InstructionWritten", "index", (event) => ({ ...event, index: event.index + 1 })),
  change("InstructionWritten", "source", (event) => ({ ...event, source: "static" })),
  change("SearchEnded", "digest", (event) => ({ ...event, digest: `sd1-${other}` })),
  change("SearchEnded", "status", (event) => ({ ...event, status: "solved" })),
  change("SearchEnded", "calls", (event) => ({ ...event, used: { ...event.used, calls: 1 } })),
  change("SearchEnded", "surplus", (event) => ({ ...event, surplus: { ...event.surplus, programs: 9 } })),
  change("HiddenScored", "passed", (event) => ({ ...event, passed: event.passed + 1 })),
  change("RunFinished", "status", (event) => ({ ...event, status: "solved" }))
]

describe("a replay", () => {
  it.scopedLive("finds every changed field at its own position, wherever it stands", () =>
    withRun((log, rows) =>
      Effect.gen(function* () {
        for (const { tag, name, mutate } of changes) {
          const positions = rows.flatMap(({ event, pos }) => (event._tag === tag ? [pos] : []))
          expect(positions.length).toBeGreaterThan(0)
          for (const pos of new Set([
            positions[0]!,
            positions[Math.floor(positions.length / 2)]!,
            positions.at(-1)!
          ])) {
            const changed = rows.map((row) => (row.pos === pos ? { ...row, event: mutate(row.event) } : row))
            const { divergence, events } = yield* replayOf(log, changed)
            expect([name, pos, divergence?.pos, divergence?.recorded]).toEqual([
              name,
              pos,
              pos,
              changed[pos]!.event
            ])
            expect(divergence!.reason).not.toBe("")
            expect(events).toBe(pos)
          }
        }
      })
    )
  )

  it.scopedLive("finds a verdict that was changed without its score no later than at the end", () =>
    withRun((log, rows) =>
      Effect.gen(function* () {
        const ended = rows.findIndex(({ event }) => event._tag === "SearchEnded")
        for (const { pos, event } of rows) {
          if (event._tag !== "ProgramEvaluated" || !event.verdicts.includes("T")) continue
          const changed = rows.map((row) =>
            row.pos === pos
              ? { ...row, event: { ...event, verdicts: event.verdicts.replace("T", "M") } }
              : row
          )
          const { divergence } = yield* replayOf(log, changed)
          expect(divergence!.pos).toBeGreaterThan(pos)
          expect(divergence!.pos).toBeLessThanOrEqual(ended)
        }
      })
    )
  )

  it.scopedLive(
    "finds an event that stands before its cause, and one that stands twice, though the count is right",
    () =>
      withRun((log, rows) =>
        Effect.gen(function* () {
          const counted = (events: ReadonlyArray<Stored>) => events.map((row, pos) => ({ ...row, pos }))
          for (const { pos, cause } of rows.slice(2)) {
            if (cause === pos - 1) {
              const turned = [...rows.slice(0, pos - 1), rows[pos]!, rows[pos - 1]!, ...rows.slice(pos + 1)]
              expect((yield* replayOf(log, counted(turned))).divergence?.pos).toBe(pos - 1)
            }
            const twice = counted([...rows.slice(0, pos + 1), ...rows.slice(pos)])
            const { divergence } = yield* replayOf(log, twice)
            expect(divergence?.pos).toBe(pos + 1)
          }
        })
      )
  )

  it.scopedLive("takes a run that is not finished as far as it goes", () =>
    withRun((log, rows) =>
      Effect.gen(function* () {
        for (let length = 1; length < rows.length; length += 5) {
          const { divergence, events, state } = yield* replayOf(log, rows.slice(0, length))
          expect([divergence, events, state._tag]).toEqual([undefined, length, "Searching"])
        }
      })
    )
  )
})
