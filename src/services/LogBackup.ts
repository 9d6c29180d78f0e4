import { Context, type Effect, Schema } from "effect"
import type { LogFailed } from "./EventLog.ts"

/** A file cannot be written with a copy of the log; it was not touched. */
export class CopyRefused extends Schema.TaggedError<CopyRefused>()("CopyRefused", {
  file: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `${this.file} cannot take a copy of the log: ${this.reason}`
  }
}

/** A copy that is in its place. */
export interface Copy {
  readonly file: string
  readonly bytes: number
  readonly runs: number
  readonly events: number
}

/** How far a copy is. */
export interface CopyProgress {
  readonly pages: number
  readonly of: number
}

export class LogBackup extends Context.Tag("seidr/LogBackup")<
  LogBackup,
  {
    /**
     * Copies the log as it is at one moment, also while it is written, and checks the copy before it takes its name: a
     * file of that name is a whole copy or not there. One that is there is replaced only with `force`, and only if it
     * is a log that nothing uses. Nobody drives a run in the copy.
     */
    readonly backup: (
      file: string,
      force: boolean,
      observe: (progress: CopyProgress) => Effect.Effect<void>
    ) => Effect.Effect<Copy, CopyRefused | LogFailed>
  }
>() {}
