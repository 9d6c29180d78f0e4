import { Either, ParseResult, Schema } from "effect"
import { broughtUp, eventForms, type Forms, versionOf } from "../../domain/eventForms.ts"
import { type Event, Event as EventSchema } from "../../domain/events.ts"
import type { RunId } from "../../domain/ids.ts"
import { isPlainOf } from "../../domain/plainData.ts"
import type { Entry, Stored } from "../EventLog.ts"
import { chainLink, type EventRow } from "./chain.ts"
import { dataOf, fieldsOf, type LookedUp } from "./columnFields.ts"

const decodedSlowly = Schema.decodeUnknownSync(EventSchema)
const isPlainEvent = isPlainOf(EventSchema)

const decodeEvent = (value: unknown): Event => (isPlainEvent(value) ? value : decodedSlowly(value))

/** The end of a run's chain. */
export interface Tip {
  readonly pos: number
  readonly hash: string
}

/** An event with everything but its place: as it will be read, and as it is stored. */
export interface Draft extends Entry {
  readonly data: string
  readonly ver: number
}

/**
 * The events' schema is plain data, so that encoding is writing JSON. What is written is read once, since a log must
 * never take what it could not give back (NaN, which JSON does not know, or a count that a server made up); throws a
 * readable error then.
 */
export const draftOf = (entry: Entry, forms: Forms = eventForms): Draft => {
  const { _tag } = entry.event
  const data = dataOf(entry.event)
  if (isPlainEvent(entry.event))
    return { event: entry.event, cause: entry.cause, data, ver: versionOf(_tag, forms) }
  try {
    const event = decodeEvent(JSON.parse(JSON.stringify(entry.event)))
    return { event, cause: entry.cause, data, ver: versionOf(_tag, forms) }
  } catch (error) {
    throw new Error(`an event ${_tag} could not be read again: ${faultOf(error)}`)
  }
}

/** The row of an event behind the tip of its run, and what stands in the log then. */
export const place = (
  runId: RunId,
  tip: Tip,
  { event, cause, data, ver }: Draft,
  at: number
): { readonly row: EventRow; readonly stored: Stored } => {
  const { type, node_id, call_key, request_hash } = columnsOf(event)
  const row: EventRow = {
    run_id: runId,
    pos: tip.pos + 1,
    type,
    ver,
    node_id,
    call_key,
    cause_pos: cause,
    request_hash,
    at,
    data
  }
  return { row, stored: { runId, pos: row.pos, event, at, cause, hash: chainLink(tip.hash, row) } }
}

/**
 * The event of a row that was read, brought up to the present version; throws a readable error if the row is not one,
 * or of a version or type that this one does not know.
 */
export const fromRow = (row: EventRow, hash: string, forms: Forms = eventForms): Stored => {
  const event = eventIn(row, forms)
  if (typeof event === "string") throw new Error(`event ${row.pos} of run ${row.run_id} ${event}`)
  return { runId: row.run_id as RunId, pos: row.pos, event, at: row.at, cause: row.cause_pos, hash }
}

/** The event, or what is wrong with the row. */
const eventIn = (row: EventRow, forms: Forms) => {
  try {
    const fields = broughtUp(row.type, row.ver, fieldsOf(row), forms)
    return Either.isLeft(fields) ? fields.left : decodeEvent({ _tag: row.type, ...fields.right })
  } catch (error) {
    return `is damaged: ${faultOf(error)}`
  }
}

/** The columns by which an event is looked up. */
export const columnsOf = (event: Event): Pick<EventRow, "type"> & LookedUp => ({
  type: event._tag,
  node_id: placeOf(event),
  call_key: "callKey" in event ? event.callKey : null,
  request_hash: "requestHash" in event ? event.requestHash : null
})

const placeOf = (event: Event): string | null => {
  if ("node" in event) return event.node
  if ("place" in event) return event.place
  return "instruction" in event ? event.instruction : null
}

/** The first thing that is wrong with an event: a schema would tell of all that might have stood there. */
export const faultOf = (error: unknown): string => {
  if (!ParseResult.isParseError(error)) return error instanceof Error ? error.message : String(error)
  const [first] = ParseResult.ArrayFormatter.formatErrorSync(error)
  return first === undefined ? "it is no event" : `${first.path.map(String).join(".")} ${first.message}`
}
