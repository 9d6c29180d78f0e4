import { Effect, Option, Schema, Stream } from "effect"
import type { ForkPoint } from "../../domain/events.ts"
import { NodeId, type RunId } from "../../domain/ids.ts"
import { EventLog, type LogFailed } from "../../services/EventLog.ts"

/** A fork cannot be what was asked for. */
export class ForkInvalid extends Schema.TaggedError<ForkInvalid>()("ForkInvalid", {
  run: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `run ${this.run} cannot be forked so: ${this.reason}`
  }
}

/** A point as users write it: a node, `gen:K`, a position, or the `end` of what there is. */
export type Spelled =
  | { readonly kind: "node"; readonly node: NodeId }
  | { readonly kind: "generation"; readonly generation: number }
  | { readonly kind: "position"; readonly position: number }
  | { readonly kind: "end" }

/** Undefined for what is none of them. */
export const spelled = (text: string): Spelled | undefined => {
  const generation = /^gen:(\d{1,9})$/.exec(text)
  if (generation !== null) return { kind: "generation", generation: Number(generation[1]) }
  if (text === "end") return { kind: "end" }
  if (/^\d{1,12}$/.test(text)) return { kind: "position", position: Number(text) }
  return Option.getOrUndefined(
    Option.map(Schema.decodeUnknownOption(NodeId)(text), (node) => ({ kind: "node", node }))
  )
}

/** Where in a run's log a point is: the last position that is inherited. */
export interface Found {
  readonly at: ForkPoint
  readonly position: number
}

const isOnPathTo = (node: NodeId, point: Spelled): boolean =>
  point.kind === "position" ||
  point.kind === "end" ||
  (point.kind === "node" && `${node}.`.startsWith(`${point.node}.`))

/** Finds a point in a run's log, inherited events included. */
export const findPoint = (
  runId: RunId,
  point: Spelled
): Effect.Effect<Found, ForkInvalid | LogFailed, EventLog> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    let last = -1
    let position: number | undefined
    let generations = 0
    yield* Stream.runForEach(log.read(runId), ({ pos, event }) =>
      Effect.sync(() => {
        last = pos
        if (event._tag === "GenerationRanked") generations = event.generation + 1
        // What a fork at a node has not inherited is not seen, though it stands in the same log.
        if (event._tag === "RunForked" && event.at.kind === "node" && !isOnPathTo(event.at.node, point)) {
          position = undefined
          generations = 0
        }
        switch (point.kind) {
          case "position":
            position = pos === point.position ? pos : position
            break
          case "end":
            position = pos
            break
          case "node":
            if (event._tag === "ProgramEvaluated" && event.node === point.node) position = pos
            break
          case "generation":
            // The end of a search stands where the ranking of its last generation would.
            if (event._tag === "GenerationRanked" && event.generation === point.generation) position = pos - 1
            if (event._tag === "SearchEnded" && event.generations === point.generation + 1) position = pos - 1
            break
        }
      })
    )
    const refuse = (reason: string) => new ForkInvalid({ run: runId, reason })
    if (position !== undefined) {
      const at = point.kind === "position" || point.kind === "end" ? ({ kind: "position" } as const) : point
      return { at, position }
    }
    switch (point.kind) {
      case "position":
        return yield* refuse(`it has the positions 0 to ${last}, and not ${point.position}`)
      case "node":
        return yield* refuse(`it has no judged node ${point.node}; \`seidr tree ${runId}\` shows its nodes`)
      case "end":
        return yield* refuse("it has no beginning")
      case "generation":
        return yield* refuse(
          `its generation ${point.generation} is not complete; ${generations === 0 ? "none is" : `those up to ${generations - 1} are ranked`}`
        )
    }
  })
