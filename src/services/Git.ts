import { Context, type Effect, Schema, type Stream } from "effect"

/** git could not do it. No address with a password, and no key, is in here. */
export class GitFailed extends Schema.TaggedError<GitFailed>()("GitFailed", {
  doing: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `git failed while ${this.doing}: ${this.reason}`
  }
}

/** Where branches go. */
export interface GitRemote {
  /** As git takes it; it may hold a password. */
  readonly url: string
}

/** A repository without a work tree that commits are written to and pushed from. */
export class Git extends Context.Tag("seidr/Git")<
  Git,
  {
    /** Makes a bare repository; one that is there already stays as it is. */
    readonly init: (folder: string) => Effect.Effect<void, GitFailed>
    /** Reads commits in the form of `git fast-import`. A branch that holds anything else than their past is not moved. */
    readonly write: <E>(
      folder: string,
      commands: Stream.Stream<string, E>
    ) => Effect.Effect<void, GitFailed | E>
    /** The commit that each branch is at. */
    readonly heads: (folder: string) => Effect.Effect<ReadonlyMap<string, string>, GitFailed>
    /** Brings branches to a remote, without force. */
    readonly push: (
      folder: string,
      remote: GitRemote,
      branches: ReadonlyArray<string>
    ) => Effect.Effect<void, GitFailed>
  }
>() {}
