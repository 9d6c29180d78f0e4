import { Effect, Schema } from "effect"
import type { Problem } from "../domain/problem.ts"

/** A log names a critic, and nobody has said that it may run. */
export class CriticUntrusted extends Schema.TaggedError<CriticUntrusted>()("CriticUntrusted", {
  run: Schema.String,
  critic: Schema.String
}) {
  override get message(): string {
    return `run ${this.run} is judged by the critic that its log names, ${this.critic}, which would run with all your rights; look at it, and add --trust-critic if it is the one that you mean`
  }
}

/** Whether the critic that a log names may run. A log may come from anybody, and so may its critic. */
export type Trust = "trusted" | "refused"

/** Fails for a run that a critic judges, unless that critic is trusted. */
export const requireTrust = (
  run: string,
  { check }: Problem,
  trust: Trust
): Effect.Effect<void, CriticUntrusted> =>
  check._tag === "Critic" && trust === "refused"
    ? new CriticUntrusted({ run, critic: check.command.join(" ") })
    : Effect.void
