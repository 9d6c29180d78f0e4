import { Schema } from "effect"

/** What is to be taken over, or the place where it is to go, cannot be used; nothing was written. */
export class TransferRefused extends Schema.TaggedError<TransferRefused>()("TransferRefused", {
  file: Schema.String,
  /** Where in the file, in words; empty where it is about the whole file. */
  where: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `${this.file}${this.where === "" ? "" : `, ${this.where}`}: ${this.reason}`
  }
}
