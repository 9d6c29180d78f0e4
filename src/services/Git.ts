import { Context, type Effect, type Redacted, Schema, type Stream } from "effect"

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
  readonly url: Redacted.Redacted<string>
}

/** A repository without a work tree that commits are written to and pushed from. */
export class Git extends Context.Tag("seidr/Git")<
  Git,
  {
    /** Makes a bare repository; one that is there already stays as it is. */
    readonly init: (folder: string) => Effect.Effect<void, GitFailed>
    /**
     * Reads commits in the form of `git fast-import`. A branch is only moved to what comes after it, unless `isForced`.
     */
    readonly write: <E, R>(
      folder: string,
      commands: Stream.Stream<string, E, R>,
      isForced?: boolean
    ) => Effect.Effect<void, GitFailed | E, R>
    /** The commit that each branch is at. */
    readonly heads: (folder: string) => Effect.Effect<ReadonlyMap<string, string>, GitFailed>
    /** The first line after the subject of every commit in the past of one, in no certain order. */
    readonly secondLines: (
      folder: string,
      commit: string,
      each: (line: string) => void
    ) => Effect.Effect<void, GitFailed>
    /** The commit that each branch of a remote is at. */
    readonly remoteHeads: (
      folder: string,
      remote: GitRemote
    ) => Effect.Effect<ReadonlyMap<string, string>, GitFailed>
    /** Brings the commits of a remote's branches; no branch here is moved. */
    readonly fetch: (
      folder: string,
      remote: GitRemote,
      branches: ReadonlyArray<string>
    ) => Effect.Effect<void, GitFailed>
    /** Brings commits to branches of a remote, without force. */
    readonly push: (
      folder: string,
      remote: GitRemote,
      commits: ReadonlyMap<string, string>
    ) => Effect.Effect<void, GitFailed>
  }
>() {}
