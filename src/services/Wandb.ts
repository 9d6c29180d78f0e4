import { Context, type Effect, Schema } from "effect"
import type { RunId } from "../domain/ids.ts"
import type { Message } from "../domain/wandb/message.ts"

/** Weights & Biases cannot be spoken to, and why is known before anything is sent: no client, no key. */
export class WandbMissing extends Schema.TaggedError<WandbMissing>()("WandbMissing", {
  reason: Schema.String
}) {
  override get message(): string {
    return this.reason
  }
}

/**
 * What became of a run there: it was sent; it is kept in a folder that can be synced later, because nobody answered
 * (`outage`) or since that is wanted; the key was refused; something else was wrong; or it was not done in time.
 */
export type Outcome =
  | { readonly _tag: "Sent" }
  | { readonly _tag: "Kept"; readonly folder: string; readonly outage: string | undefined }
  | { readonly _tag: "Refused"; readonly reason: string }
  | { readonly _tag: "Failed"; readonly reason: string }
  | { readonly _tag: "Unfinished" }

/**
 * The official client of Weights & Biases. It works at its own pace: what a run is waits for nobody there. With its
 * scope it ends, within a bounded time, and so does all that it has started.
 */
export class Wandb extends Context.Tag("seidr/Wandb")<
  Wandb,
  {
    /** Where runs are sent, as it may be shown. */
    readonly host: string
    /** The page of a run there, once the client has opened it. */
    readonly addressOf: (runId: RunId) => Effect.Effect<string | undefined>
    /** Hands on a line about a run, and comes back when there is room for more, or nobody to take it. */
    readonly send: (message: Message) => Effect.Effect<void>
    /** What became of a run whose end was sent; waits for it. */
    readonly outcome: (runId: RunId) => Effect.Effect<Outcome>
  }
>() {}
