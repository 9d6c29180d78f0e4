import { Context, type Effect } from "effect"
import type { RunId } from "../domain/ids.ts"
import type { RunRecord } from "../domain/metrics/run/record.ts"
import type { LogFailed } from "./EventLog.ts"

/** What metrics follow from, run by run: a reading of the log that leaves out all texts. */
export class RunRecords extends Context.Tag("seidr/RunRecords")<
  RunRecords,
  {
    /** The record of a run, of which a fork's ancestors are a part; undefined for a run that is not there. */
    readonly of: (runId: RunId) => Effect.Effect<RunRecord | undefined, LogFailed>
  }
>() {}
