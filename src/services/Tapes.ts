import { Context, type Effect } from "effect"
import type { EventLog, LogFailed, LogRefused } from "./EventLog.ts"
import type { RunCatalogue } from "./RunCatalogue.ts"

/** A place that holds recordings, for reading. */
export interface Recordings
  extends Pick<typeof EventLog.Service, "read" | "text">,
    Pick<typeof RunCatalogue.Service, "list" | "find"> {
  /** Its name in messages. */
  readonly file: string
}

/** Where recorded answers are found, whatever holds them. Nothing of it is changed. */
export class Tapes extends Context.Tag("seidr/Tapes")<
  Tapes,
  {
    /** Opens a file, named from the folder of the log at hand; null for that log itself. */
    readonly open: (file: string | null) => Effect.Effect<Recordings, LogRefused | LogFailed>
    /** A file that a user names from the working directory, as `open` wants it. */
    readonly relative: (file: string) => string
  }
>() {}
