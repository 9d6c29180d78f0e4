import { Schema } from "effect"

/** A recording cannot answer for the problem at hand. */
export class TapeUnfit extends Schema.TaggedError<TapeUnfit>()("TapeUnfit", { reason: Schema.String }) {
  override get message(): string {
    return this.reason
  }
}
