import { Chunk, Effect, Layer, Stream } from "effect"
import type { RunId } from "../../domain/ids.ts"
import { generationOf } from "../../domain/search/generationOf.ts"
import { EventLog, type Stored } from "../EventLog.ts"
import { LogIndex } from "../LogIndex.ts"

/** The index of a log that has none: everything is read. It says what any other index has to say. */
export const layerIndexByReading: Layer.Layer<LogIndex, never, EventLog> = Layer.effect(
  LogIndex,
  Effect.gen(function* () {
    const log = yield* EventLog
    const all = (runId: RunId) => Effect.map(Stream.runCollect(log.read(runId)), Chunk.toReadonlyArray)
    const within = (from: number, to: number) => (events: ReadonlyArray<Stored>) =>
      events.filter(({ pos }) => from <= pos && pos <= to)
    return {
      outline: (runId) =>
        Effect.map(all(runId), (events) => ({
          beginnings: events.flatMap(({ pos, event }) => {
            if (event._tag === "RunStarted") return [{ pos, node: null }]
            if (event._tag !== "RunForked") return []
            return [{ pos, node: event.at.kind === "node" ? event.at.node : null }]
          }),
          end: events.at(-1)?.pos ?? -1
        })),
      between: (runId, from, to) => Effect.map(all(runId), within(from, to)),
      placed: (runId, from, to) =>
        Effect.map(all(runId), (events) =>
          within(
            from,
            to
          )(events).flatMap(({ pos, event }) => {
            const generation = generationOf(event)
            return generation === undefined ? [] : [{ pos, generation }]
          })
        ),
      answered: (runId, callKey) =>
        Effect.map(
          all(runId),
          (events) =>
            events.findLast(({ event }) => event._tag === "CompletionReceived" && event.callKey === callKey)
              ?.pos
        ),
      evaluated: (runId, node, from) =>
        Effect.map(all(runId), (events) => {
          for (const { pos, event } of events) {
            if (pos >= from && event._tag === "ProgramEvaluated" && event.node === node) return { pos, event }
          }
          return undefined
        }),
      largestIndex: (runId, from, to) =>
        Effect.map(all(runId), (events) => {
          let largest: number | undefined
          for (const { event } of within(from, to)(events)) {
            if (event._tag === "ProgramWritten") largest = Math.max(largest ?? 0, event.index)
          }
          return largest
        })
    }
  })
)
