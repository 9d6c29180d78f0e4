import { Context, type Effect, Schema, type Scope } from "effect"
import type { Execution, Limits, ProgramRun } from "../domain/evaluation.ts"
import type { Language } from "../domain/language.ts"

/** The sandbox itself failed; it says nothing about the program, unless it had begun with it, and does so again. */
export class SandboxFailed extends Schema.TaggedError<SandboxFailed>()("SandboxFailed", {
  tier: Schema.String,
  reason: Schema.String,
  during: Schema.optionalWith(Schema.Literal("start", "compiling", "case"), { exact: true })
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

/**
 * A program and the inputs that it is run on, one process per input, under the same limits. Inputs are sent as UTF-8,
 * U+DC80 to U+DCFF as the single bytes 0x80 to 0xFF.
 */
export interface Job {
  readonly language: Language
  readonly source: string
  readonly inputs: ReadonlyArray<string>
  readonly limits: Limits
}

/** A program that is to be talked with while it runs. */
export interface TalkJob {
  readonly language: Language
  readonly source: string
  readonly limits: Limits
  /** Where processor time judges, the clock on the wall must still end a conversation, in ms. */
  readonly wallMs: number
  /**
   * What it takes of the room for sandboxes: one place; all of it, so that nothing runs beside it; or nothing, for
   * what only works while another open program waits for it.
   */
  readonly room: "one" | "all" | "none"
}

/**
 * One process of an opened program, and what passes between the two sides. Little is held in between: who sends is
 * kept waiting by a program that does not read, and a program by who does not receive.
 */
export interface Conversation {
  /** Gives the program bytes to read. Done once they are in its pipe, or nobody will read them. */
  readonly send: (bytes: Uint8Array) => Effect.Effect<void, SandboxError>
  /** Ends what the program reads. */
  readonly end: Effect.Effect<void>
  /** The next piece of what it prints; undefined at the end. */
  readonly receive: Effect.Effect<Uint8Array | undefined, SandboxError>
  /** How it ended, once it has. Its `stdout` is empty, since `receive` gives that. */
  readonly execution: Effect.Effect<Execution, SandboxError>
}

/** A program that was made ready in a sandbox of its own, or the reason why there is nothing to run. */
export type Opened =
  | { readonly _tag: "CompileError"; readonly diagnostics: string }
  | {
      readonly _tag: "Open"
      /** Starts it. One conversation is held at a time; a program is ended with the scope, at the latest. */
      readonly talk: Effect.Effect<Conversation, SandboxError, Scope.Scope>
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
    /** Makes a program ready for conversations, until the scope ends. */
    readonly open: (job: TalkJob) => Effect.Effect<Opened, SandboxError, Scope.Scope>
  }
>() {}
