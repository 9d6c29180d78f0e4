import { Context, type Effect, Schema } from "effect"

/** A job was not taken: there is no `sbatch`, or it says why. */
export class JobRefused extends Schema.TaggedError<JobRefused>()("JobRefused", {
  reason: Schema.String
}) {
  override get message(): string {
    return `the job was not submitted: ${this.reason}`
  }
}

/** The cluster does not answer, so that nobody knows whether it would take a job. */
export class ClusterUnavailable extends Schema.TaggedError<ClusterUnavailable>()("ClusterUnavailable", {
  reason: Schema.String
}) {
  override get message(): string {
    return `the job was not submitted, since the cluster does not answer: ${this.reason}`
  }
}

/** A job script: a file, or a text that is in none. */
export type JobScript = { readonly file: string } | { readonly text: string }

/** The cluster that jobs are handed to. */
export class Slurm extends Context.Tag("seidr/Slurm")<
  Slurm,
  {
    /** Hands a script to the cluster, with this process's environment; gives the id of the job. */
    readonly submit: (script: JobScript) => Effect.Effect<string, JobRefused | ClusterUnavailable>
  }
>() {}
