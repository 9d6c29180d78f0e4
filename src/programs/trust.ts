import { Effect, Schema } from "effect"
import type { CriticFile } from "../domain/check.ts"
import type { Problem } from "../domain/problem.ts"
import { Critics } from "../services/Critics.ts"

/** A log names a critic, and nobody has said that it may run. */
export class CriticUntrusted extends Schema.TaggedError<CriticUntrusted>()("CriticUntrusted", {
  run: Schema.String,
  critic: Schema.String
}) {
  override get message(): string {
    return `run ${this.run} is judged by the critic that its log names, ${this.critic}, which would run with all your rights; look at it, and add --trust-critic if it is the one that you mean`
  }
}

/** The critic of a run is not what it was when the run began. */
export class CriticChanged extends Schema.TaggedError<CriticChanged>()("CriticChanged", {
  run: Schema.String,
  changes: Schema.Array(Schema.String)
}) {
  override get message(): string {
    return `run ${this.run} began with another critic: ${this.changes.join("; ")}; programs of one run would be judged by two; bring the old one back, begin a new run, or go on all the same with --trust-changed-critic`
  }
}

/**
 * Whether the critic that a log names may run: a log may come from anybody, and so may its critic. `though changed` is for
 * one that is not what it was when the run began.
 */
export type Trust = "though changed" | "trusted" | "refused"

/** A file of a critic's that is not what it was; `now` is null where it is gone or cannot be read. */
export interface ChangedFile {
  readonly path: string
  readonly recorded: string
  readonly now: string | null
}

/** A change of a critic's, on one line. */
export const changeText = ({ now, path, recorded }: ChangedFile): string =>
  now === null
    ? `${path} is not there, or cannot be read, any more`
    : `${path} has changed (sha256 ${shortened(recorded)}, now ${shortened(now)})`

const shortened = (hash: string): string => hash.slice(0, 12)

/**
 * What is not as it was of the critic that judges a problem. Its files are read, so it has to be trusted. A log that is
 * older than these hashes says nothing of it.
 */
export const changesOf = ({ check }: Problem) =>
  Effect.gen(function* () {
    const recorded = check._tag === "Critic" ? (check.files ?? []) : []
    const now = yield* (yield* Critics).filesOf(recorded.map(({ path }) => path))
    const known = new Map(now.map(({ path, sha256 }) => [path, sha256]))
    const changes = recorded.flatMap(({ path, sha256 }): ReadonlyArray<ChangedFile> => {
      const found = known.get(path) ?? null
      return found === sha256 ? [] : [{ path, recorded: sha256, now: found }]
    })
    return { changes, now }
  })

/**
 * Fails for a run that a critic judges, unless that critic is trusted and what it was. What an event says of a critic that
 * may go on though it has changed.
 */
export const requireTrust = (
  run: string,
  problem: Problem,
  trust: Trust
): Effect.Effect<{ readonly critic?: ReadonlyArray<CriticFile> }, CriticUntrusted | CriticChanged, Critics> =>
  Effect.gen(function* () {
    const { check } = problem
    if (check._tag !== "Critic") return {}
    if (trust === "refused") return yield* new CriticUntrusted({ run, critic: check.command.join(" ") })
    const { changes, now } = yield* changesOf(problem)
    if (changes.length === 0) return {}
    if (trust === "trusted") return yield* new CriticChanged({ run, changes: changes.map(changeText) })
    return { critic: now }
  })
