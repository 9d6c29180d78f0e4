import { Context, type Effect, Schema } from "effect"
import type { RunId } from "../domain/ids.ts"
import type { LogFailed, Origin } from "./EventLog.ts"

/** A line of `seidr runs`. `startedAt` is in ms since 1970. */
export interface RunSummary {
  readonly runId: RunId
  readonly label: string | null
  readonly problem: string
  readonly language: string
  readonly model: string
  /** Of a fork: the run that it continues, and the last position that it inherits. */
  readonly parent: Origin | null
  /** `running` also for a run whose process has died; see `Leases`. */
  readonly status: "running" | "solved" | "unsolved" | "interrupted"
  /** Its own: what a fork inherits is not counted. */
  readonly programs: number
  readonly best: {
    readonly node: string
    readonly score: number
    readonly passed: number
    readonly total: number
  } | null
  readonly startedAt: number
}

/** No run has the name, or several have. */
export class RunUnknown extends Schema.TaggedError<RunUnknown>()("RunUnknown", {
  name: Schema.String,
  candidates: Schema.Array(Schema.String)
}) {
  override get message(): string {
    return this.candidates.length === 0
      ? `no run is called ${JSON.stringify(this.name)}; \`seidr runs\` lists them`
      : `${JSON.stringify(this.name)} can be any of ${this.candidates.join(", ")}; give more of the id`
  }
}

/** What runs there are: a projection of the log. */
export class RunCatalogue extends Context.Tag("seidr/RunCatalogue")<
  RunCatalogue,
  {
    /** All runs, newest first. */
    readonly list: Effect.Effect<ReadonlyArray<RunSummary>, LogFailed>
    /** The run that an id, a unique prefix of one, or a label names (the newest of that label). */
    readonly find: (name: string) => Effect.Effect<RunSummary, RunUnknown | LogFailed>
  }
>() {}
