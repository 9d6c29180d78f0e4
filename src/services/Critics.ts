import { Context, type Effect, Schema, type Scope } from "effect"
import type { CriticFile } from "../domain/check.ts"
import type { Conversation, SandboxError } from "./Sandbox.ts"

/** A user's critic did not judge: it could not be started, failed, was too slow, or said what is no judgement. */
export class CriticFailed extends Schema.TaggedError<CriticFailed>()("CriticFailed", {
  critic: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `the critic ${this.critic} failed: ${this.reason}`
  }
}

/** What a critic says of a program: from 0 to 1 what it is worth, whether that is enough, and why, in its own words. */
export const Judgement = Schema.Struct({
  score: Schema.Number.pipe(Schema.between(0, 1)),
  passed: Schema.Boolean,
  report: Schema.optionalWith(Schema.String, { default: () => "" })
})
export type Judgement = typeof Judgement.Type

/** One trial of a program. */
export interface Consultation {
  /** The executable and its first arguments; those of the trial come after them. */
  readonly command: readonly [string, ...ReadonlyArray<string>]
  readonly program: string
  /** The name that the file with the program gets. */
  readonly fileName: string
  readonly argument: string
  readonly timeMs: number
  /** Starts the program; asked whenever the critic does. */
  readonly start: Effect.Effect<Conversation, SandboxError, Scope.Scope>
}

/** Runs the critics of the user: as the user, unconfined, since they are the user's own. */
export class Critics extends Context.Tag("seidr/Critics")<
  Critics,
  {
    /** The judgement; or that the critic's time was over while it waited for the program. */
    readonly consult: (
      consultation: Consultation
    ) => Effect.Effect<Judgement | "kept waiting", CriticFailed | SandboxError>
    /** What is in the files with these paths now; those that are none, or cannot be read, are left out. */
    readonly filesOf: (paths: ReadonlyArray<string>) => Effect.Effect<ReadonlyArray<CriticFile>>
  }
>() {}
