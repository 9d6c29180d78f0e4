import { describe, expect, it } from "@effect/vitest"
import { Arbitrary, Chunk, Effect, FastCheck, Schema, Stream } from "effect"
import { Event } from "../../src/domain/events.ts"
import type { RunId } from "../../src/domain/ids.ts"
import { layerLog } from "../../src/programs/layers.ts"
import { EventLog } from "../../src/services/EventLog.ts"
import { lawRuns } from "../support/lawRuns.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

const json = Schema.parseJson(Event)

/** JSON knows no negative zero; nothing else is lost. */
const plain = (event: Event): unknown => JSON.parse(JSON.stringify(event))

const samples = Event.members.map((member) =>
  FastCheck.sample(Arbitrary.make(member as Schema.Schema<Event>), 50)
)

describe("every event", () => {
  it.each(samples.map((events) => [events[0]!._tag, events] as const))("%s survives JSON", (_, events) => {
    for (const event of events) {
      expect(Schema.decodeSync(json)(Schema.encodeSync(json)(event))).toEqual(plain(event))
    }
  })

  it.scopedLive.prop(
    "survives the log, read by another process's eyes, at its place and with its cause",
    [FastCheck.array(Arbitrary.make(Event), { minLength: 1, maxLength: 20 })],
    ([events]) =>
      Effect.gen(function* () {
        const file = yield* temporaryLog
        // At most one answer per call may stand in a run.
        const entries = events.map((event, index) => ({
          event: event._tag === "CompletionReceived" ? { ...event, callKey: `${index}` } : event,
          cause: index === 0 ? null : index - 1
        }))
        const runId = "01J00000000000000000000000" as RunId
        const withLog = <A, E>(use: (log: typeof EventLog.Service) => Effect.Effect<A, E>) =>
          Effect.provide(Effect.flatMap(EventLog, use), layerLog({ database: file }))
        yield* withLog((log) => log.append(runId, entries, []))
        const read = Chunk.toReadonlyArray(yield* withLog((log) => Stream.runCollect(log.read(runId))))
        expect(read.map(({ event, cause, pos }) => ({ event, cause, pos }))).toEqual(
          entries.map(({ event, cause }, pos) => ({ event: plain(event), cause, pos }))
        )
      }),
    lawRuns(15)
  )

  it.prop("has finite numbers only, since JSON has no others", [Arbitrary.make(Event)], ([event]) => {
    for (const value of numbersIn(event)) expect(Number.isFinite(value)).toBe(true)
  })
})

const numbersIn = (value: unknown): ReadonlyArray<number> => {
  if (typeof value === "number") return [value]
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : []
}
