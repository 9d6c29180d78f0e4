import { ParseResult, Schema } from "effect"
import { type Event, Event as EventSchema, eventVersion } from "../../domain/events.ts"
import type { RunId } from "../../domain/ids.ts"
import type { Entry, Stored } from "../EventLog.ts"
import type { EventRow } from "./chain.ts"

const decodeEvent = Schema.decodeUnknownSync(EventSchema)

/** The row of an event at its place. The events' schema is plain data, so that encoding is writing JSON. */
export const toRow = (runId: RunId, pos: number, { event, cause }: Entry, at: number): EventRow => {
  const { _tag, ...data } = event
  return {
    run_id: runId,
    pos,
    type: _tag,
    ver: eventVersion,
    node_id: placeOf(event),
    call_key: "callKey" in event ? event.callKey : null,
    cause_pos: cause,
    request_hash: "requestHash" in event ? event.requestHash : null,
    at,
    data: JSON.stringify(data)
  }
}

export const stored = (row: EventRow, event: Event, hash: string): Stored => ({
  runId: row.run_id as RunId,
  pos: row.pos,
  event,
  at: row.at,
  cause: row.cause_pos,
  hash
})

/** The event of a row that was read; throws a readable error if the row is not one. */
export const fromRow = (row: EventRow, hash: string): Stored => {
  if (row.ver > eventVersion) {
    throw new Error(
      `event ${row.pos} of run ${row.run_id} is of version ${row.ver}, newer than ${eventVersion}`
    )
  }
  try {
    return stored(row, decodeEvent({ _tag: row.type, ...(JSON.parse(row.data) as object) }), hash)
  } catch (error) {
    const reason = ParseResult.isParseError(error) ? error.message : String(error)
    throw new Error(`event ${row.pos} of run ${row.run_id} is damaged: ${reason}`)
  }
}

const placeOf = (event: Event): string | null => {
  if ("node" in event) return event.node
  if ("place" in event) return event.place
  return "instruction" in event ? event.instruction : null
}
