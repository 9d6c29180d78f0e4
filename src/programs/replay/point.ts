import { Effect, Schema } from "effect"
import type { RunId } from "../../domain/ids.ts"
import type { LogFailed } from "../../services/EventLog.ts"
import type { LogIndex } from "../../services/LogIndex.ts"
import { findPoint, type Spelled } from "../fork/point.ts"

/** A replay cannot be what was asked for. */
export class ReplayInvalid extends Schema.TaggedError<ReplayInvalid>()("ReplayInvalid", {
  run: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `run ${this.run} cannot be replayed so: ${this.reason}`
  }
}

/** The position up to which a run is replayed: one of its log, or that of a node's verdict. */
export const positionOf = (
  runId: RunId,
  until: Exclude<Spelled, { readonly kind: "generation" }>
): Effect.Effect<number, ReplayInvalid | LogFailed, LogIndex> =>
  findPoint(runId, until).pipe(
    Effect.map(({ position }) => position),
    Effect.catchTag("ForkInvalid", ({ run, reason }) => new ReplayInvalid({ run, reason }))
  )
