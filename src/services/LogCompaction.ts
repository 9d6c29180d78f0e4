import { Context, type Effect, Schema } from "effect"
import type { Ref } from "../domain/events.ts"
import type { RunId } from "../domain/ids.ts"
import type { LogFailed, LogRefused } from "./EventLog.ts"
import type { RunHeld } from "./Leases.ts"
import type { CopyRefused } from "./LogBackup.ts"

/** A log cannot be compacted as was asked; it is as it was. */
export class CompactionRefused extends Schema.TaggedError<CompactionRefused>()("CompactionRefused", {
  file: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `the log ${this.file} was not compacted: ${this.reason}`
  }
}

/** What shall not be in the log any more. */
export interface Removal {
  /** Runs to leave out; a run only together with all that continue it. */
  readonly drop: ReadonlyArray<RunId>
  /** Runs whose texts are taken out (prompts, answers, programs, outputs), as far as no other run names them. */
  readonly redact: ReadonlyArray<RunId>
  /** Texts that are taken out wherever they are named. */
  readonly texts: ReadonlyArray<Ref>
}

export interface Compacted {
  /** Bytes of the file before and after. */
  readonly before: number
  readonly after: number
  readonly runs: { readonly kept: number; readonly dropped: number }
  readonly events: { readonly kept: number; readonly dropped: number }
  /** `dropped` are named by no event that is left; `shared` were to be redacted, and are named by other runs. */
  readonly texts: {
    readonly kept: number
    readonly dropped: number
    readonly redacted: number
    readonly shared: number
  }
  /** Whether what was removed may still be in the file's old pages, since a reader held on to them. */
  readonly isHeldByReader: boolean
}

/** Where a compaction is: the new file is being made, checked, put into the log, or is in it. */
export type CompactionStage = "copying" | "checking" | "swapping" | "swapped"

export interface CompactionOptions {
  /** Makes a file of its own and leaves the log as it is. */
  readonly out: string | undefined
  /** Makes and checks the new file, tells of it, and throws it away. */
  readonly isTrial: boolean
  readonly observe: (stage: CompactionStage) => Effect.Effect<void>
}

export class LogCompaction extends Context.Tag("seidr/LogCompaction")<
  LogCompaction,
  {
    /**
     * Makes a new file of what shall stay of the log, audits it, and puts its content in the place of the log's in one
     * transaction: whatever happens meanwhile, the log is the old one or the new one. No run may be driven.
     */
    readonly compact: (
      removal: Removal,
      options: CompactionOptions
    ) => Effect.Effect<Compacted, CompactionRefused | CopyRefused | RunHeld | LogRefused | LogFailed>
  }
>() {}
