import { Context, type Effect, Schema, type Scope } from "effect"
import type { RunId } from "../domain/ids.ts"
import type { LogFailed } from "./EventLog.ts"

/** Another process drives the run. */
export class RunHeld extends Schema.TaggedError<RunHeld>()("RunHeld", {
  runId: Schema.String,
  host: Schema.String,
  pid: Schema.Int
}) {
  override get message(): string {
    return `run ${this.runId} is being driven by process ${this.pid} on ${this.host}; \`seidr stop ${this.runId}\` asks it to let go`
  }
}

export interface Lease {
  /** How often the run has been taken up: 1 for the first time. */
  readonly epoch: number
  /** Completes when another process asks for the run to stop; fails when the lease is lost. */
  readonly stopRequested: Effect.Effect<void, LogFailed | RunHeld>
}

/** Who drives a run: at most one process at a time. */
export class Leases extends Context.Tag("seidr/Leases")<
  Leases,
  {
    /**
     * Takes a run until the scope closes. A holder that is dead, or whose time is over, is replaced, and what it
     * still tries to append is refused.
     */
    readonly acquire: (runId: RunId) => Effect.Effect<Lease, RunHeld | LogFailed, Scope.Scope>
    /** Whether a living process holds the run. */
    readonly isHeld: (runId: RunId) => Effect.Effect<boolean, LogFailed>
    /** Asks the holder to stop; false when there is none alive. */
    readonly requestStop: (runId: RunId) => Effect.Effect<boolean, LogFailed>
  }
>() {}
