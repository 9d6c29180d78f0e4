import { Effect } from "effect"
import type { Event } from "../../src/domain/events.ts"
import { EventLog, type Stored } from "../../src/services/EventLog.ts"
import { RunIds } from "../../src/services/RunIds.ts"

/** A row of a log that is to be told otherwise. */
export type Row = Pick<Stored, "pos" | "event" | "cause">

/**
 * Writes rows down as a run of its own, in the same file: positions, chain and texts are all in order, so that nothing
 * but the story itself can be wrong.
 */
export const rewritten = (rows: ReadonlyArray<Pick<Row, "event" | "cause">>) =>
  Effect.gen(function* () {
    const runId = yield* (yield* RunIds).next
    yield* (yield* EventLog).append(runId, rows, [])
    return runId
  })

/** Rows without some of them; whatever named a later position as its cause names the same event still. */
export const without = (rows: ReadonlyArray<Row>, isGone: (row: Row) => boolean): ReadonlyArray<Row> => {
  const kept = rows.filter((row) => !isGone(row))
  const places = new Map(kept.map(({ pos }, place) => [pos, place]))
  const before = (cause: number): number => places.get(cause) ?? (cause > 0 ? before(cause - 1) : 0)
  return kept.map(({ event, cause }, pos) => ({ pos, event, cause: cause === null ? null : before(cause) }))
}

/** Rows with more of them after a position. */
export const withMore = (
  rows: ReadonlyArray<Row>,
  after: number,
  more: ReadonlyArray<Pick<Row, "event" | "cause">>
): ReadonlyArray<Row> => {
  const shifted = rows.slice(after + 1).map(({ event, cause }) => ({
    event,
    cause: cause === null || cause <= after ? cause : cause + more.length
  }))
  return [...rows.slice(0, after + 1), ...more, ...shifted].map(({ event, cause }, pos) => ({
    pos,
    event,
    cause
  }))
}

/** Rows with the event at a position changed. */
export const withChanged = (
  rows: ReadonlyArray<Row>,
  at: number,
  change: (event: Event) => Event
): ReadonlyArray<Row> => rows.map((row) => (row.pos === at ? { ...row, event: change(row.event) } : row))
