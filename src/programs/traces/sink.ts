import { Clock, Duration, Effect, type Scope, Stream } from "effect"
import { RunSpans } from "../../domain/traces/runSpans.ts"
import { EventLog } from "../../services/EventLog.ts"
import type { Sink } from "../../services/Sinks.ts"
import { Traces } from "../../services/Traces.ts"
import { following } from "../following.ts"

/** How long the end of a command waits for the collector. */
const usualLastWait = Duration.seconds(5)

/** Traces runs while they go on, from their log. */
export const tracesSink = (
  lastWait = usualLastWait
): Effect.Effect<Sink, never, Traces | EventLog | Scope.Scope> =>
  Effect.gen(function* () {
    const traces = yield* Traces
    const log = yield* EventLog
    return yield* following({
      name: "traces",
      lastWait,
      begin: (runId) =>
        Effect.map(Clock.currentTimeMillis, (since) => {
          const spans = new RunSpans(runId, since)
          let next = 0
          return {
            look: Effect.gen(function* () {
              yield* Stream.runForEachChunk(log.read(runId, next), (events) =>
                Effect.sync(() => {
                  for (const event of events) {
                    spans.add(event)
                    next = event.pos + 1
                  }
                })
              )
              yield* traces.send(spans.take())
            }),
            rest: Effect.suspend(() => {
              spans.rest()
              return Effect.zipRight(traces.send(spans.take()), traces.flush)
            })
          }
        }),
      // The log says so itself where it matters.
      onFailure: () => Effect.void,
      onLate: () => Effect.void
    })
  })
