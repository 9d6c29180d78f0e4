import { Context, type Effect, type Queue, Schema, type Scope, type Stream } from "effect"
import type { CompletionReceived, Event, Recorded, Ref } from "../domain/events.ts"
import type { RunId } from "../domain/ids.ts"

/** An event to append, with the position of the event that caused it. */
export interface Entry {
  readonly event: Event
  readonly cause: number | null
}

/** An event as it stands in the log; `at` is wall time in ms since 1970, `hash` the end of the run's chain. */
export interface Stored extends Recorded {
  readonly runId: RunId
  readonly at: number
  readonly cause: number | null
  readonly hash: string
}

/** Where a run leaves its parent: the last position that it inherits. */
export interface Origin {
  readonly parent: RunId
  readonly position: number
}

/** An ancestor's answer. */
export interface Inherited {
  readonly runId: RunId
  readonly answer: CompletionReceived
}

/** The log could not be read or written now: a full disk, a file locked for long, a broken file. */
export class LogFailed extends Schema.TaggedError<LogFailed>()("LogFailed", {
  file: Schema.String,
  doing: Schema.String,
  reason: Schema.String,
  /** The text that was asked for and had been taken out on purpose. */
  redacted: Schema.optionalWith(Schema.String, { exact: true })
}) {
  override get message(): string {
    return `the log ${this.file} failed while ${this.doing}: ${this.reason}`
  }
}

/** The file is not a log that this version can use; it was not touched. */
export class LogRefused extends Schema.TaggedError<LogRefused>()("LogRefused", {
  file: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `${this.file} cannot be used as a log: ${this.reason}`
  }
}

/**
 * The append-only log. `append` commits all entries and texts of a call at once, or nothing; it returns after the
 * commit is on disk, and only then anybody sees the events.
 */
export class EventLog extends Context.Tag("seidr/EventLog")<
  EventLog,
  {
    readonly append: (
      runId: RunId,
      entries: ReadonlyArray<Entry>,
      texts: ReadonlyArray<string>
    ) => Effect.Effect<ReadonlyArray<Stored>, LogFailed>
    /**
     * Begins a run that shares the events of another up to a position: its own come after them. Nothing is copied;
     * fails when the run is there already, or its parent does not reach that far.
     */
    readonly branch: (
      runId: RunId,
      origin: Origin,
      entries: ReadonlyArray<Entry>,
      texts: ReadonlyArray<string>
    ) => Effect.Effect<ReadonlyArray<Stored>, LogFailed>
    /** The answer to a call that the nearest ancestor of a run has, if it was to the very same request. */
    readonly answerOfAncestor: (
      runId: RunId,
      callKey: string,
      requestHash: string
    ) => Effect.Effect<Inherited | undefined, LogFailed>
    /** A run's events from a position on, in order, up to what is committed now; inherited ones among them. */
    readonly read: (runId: RunId, from?: number) => Stream.Stream<Stored, LogFailed>
    /** The events of a run that this process commits from now on, in order. */
    readonly subscribe: (runId: RunId) => Effect.Effect<Queue.Dequeue<Stored>, never, Scope.Scope>
    /** A text by its hash. */
    readonly text: (ref: Ref) => Effect.Effect<string, LogFailed>
    /** Those of some texts that can be had in one go. What `text` has to say of the others is not said. */
    readonly texts: (refs: ReadonlyArray<Ref>) => Effect.Effect<ReadonlyMap<Ref, string>, LogFailed>
  }
>() {}
