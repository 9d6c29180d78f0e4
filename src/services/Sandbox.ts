import { Context, type Effect, Schema } from "effect"
import type { Limits, ProgramRun } from "../domain/evaluation.ts"
import type { Language } from "../domain/language.ts"

/** The sandbox itself failed; it says nothing about the program. */
export class SandboxFailed extends Schema.TaggedError<SandboxFailed>()("SandboxFailed", {
  tier: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `the sandbox (${this.tier}) failed: ${this.reason}`
  }
}

/** No sandbox works on this machine, and the user has not allowed to run without. */
export class SandboxUnavailable extends Schema.TaggedError<SandboxUnavailable>()("SandboxUnavailable", {
  reason: Schema.String
}) {
  override get message(): string {
    return (
      `programs cannot be confined on this machine: ${this.reason}. ` +
      "Run `seidr doctor` for what would mend it, or allow hostile programs to run as you with --unconfined"
    )
  }
}

/** The language's compiler or interpreter is not on this machine. */
export class ToolchainMissing extends Schema.TaggedError<ToolchainMissing>()("ToolchainMissing", {
  language: Schema.String,
  advice: Schema.String
}) {
  override get message(): string {
    return `${this.language} cannot be run here: ${this.advice}`
  }
}

/** The user has asked for a way to confine programs that there is not. */
export class SandboxUnknown extends Schema.TaggedError<SandboxUnknown>()("SandboxUnknown", {
  setting: Schema.String,
  known: Schema.Array(Schema.String)
}) {
  override get message(): string {
    return `SEIDR_SANDBOX is ${JSON.stringify(this.setting)}; expected one of ${this.known.join(", ")}`
  }
}

export type SandboxError = SandboxFailed | SandboxUnavailable | SandboxUnknown | ToolchainMissing

/** A program and the inputs that it is run on, one process per input, under the same limits. */
export interface Job {
  readonly language: Language
  readonly source: string
  readonly inputs: ReadonlyArray<string>
  readonly limits: Limits
}

/** `bubblewrap`, `user namespaces`, `container`, `sandbox-exec`, or `unconfined` where the user allowed it. */
export interface Tier {
  readonly name: string
  readonly detail: string
}

/** Runs hostile programs, confined; see section 7 of the design. */
export class Sandbox extends Context.Tag("seidr/Sandbox")<
  Sandbox,
  {
    /** What a canary run has proved on this machine. Asked once. */
    readonly tier: Effect.Effect<Tier, SandboxError>
    /** Fails when the language cannot be run here; its version otherwise. */
    readonly toolchain: (language: Language) => Effect.Effect<string, SandboxError>
    /** Changes with everything beside the job that its outcome may depend on: tier, tool chain and its flags, runner. */
    readonly identity: (language: Language) => Effect.Effect<string, SandboxError>
    readonly run: (job: Job) => Effect.Effect<ProgramRun, SandboxError>
  }
>() {}
