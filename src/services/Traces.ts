import { Context, type Effect } from "effect"
import type { Span } from "../domain/traces/span.ts"

/** A collector of spans. Nobody waits for it: what it does not take in time is dropped, and that is said once. */
export class Traces extends Context.Tag("seidr/Traces")<
  Traces,
  {
    readonly send: (spans: ReadonlyArray<Span>) => Effect.Effect<void>
    /** Waits until everything has been sent or dropped. */
    readonly flush: Effect.Effect<void>
  }
>() {}
