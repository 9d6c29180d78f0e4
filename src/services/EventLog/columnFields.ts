import type { Fields } from "../../domain/eventForms.ts"
import type { Event } from "../../domain/events.ts"
import type { EventRow } from "./chain.ts"

/** The columns by which events are looked up. */
export type LookedUp = Pick<EventRow, "node_id" | "call_key" | "request_hash">

/**
 * Fields of events that are columns of their row, and not in its JSON again: a node's name is its path, so that in a
 * deep tree it is most of the event. Up to version 1 these stood in both.
 */
const columnFields = {
  CompletionRequested: { place: "node_id", callKey: "call_key", requestHash: "request_hash" },
  CompletionReceived: { place: "node_id", callKey: "call_key", requestHash: "request_hash" },
  CompletionFailed: { place: "node_id", callKey: "call_key" },
  ProgramWritten: { node: "node_id" },
  ProgramEvaluated: { node: "node_id" },
  InstructionWritten: { instruction: "node_id" },
  HiddenScored: { node: "node_id" }
} satisfies Partial<Record<Event["_tag"], Readonly<Record<string, keyof LookedUp>>>>

/** The names of such fields with their columns, by the type of the event. */
export const columnsOfFields: ReadonlyMap<
  string,
  ReadonlyArray<readonly [field: string, column: keyof LookedUp]>
> = new Map(Object.entries(columnFields).map(([type, fields]) => [type, Object.entries(fields)]))

/** What takes the fields out that are columns: JSON leaves out what is undefined. */
const withoutThem: ReadonlyMap<string, Readonly<Record<string, undefined>>> = new Map(
  [...columnsOfFields].map(([type, fields]) => [
    type,
    Object.fromEntries([["_tag", undefined], ...fields.map(([name]) => [name, undefined])])
  ])
)
const withoutTag = { _tag: undefined }

/** The JSON of what of an event is in no column. */
export const dataOf = (event: Event): string =>
  JSON.stringify({ ...event, ...(withoutThem.get(event._tag) ?? withoutTag) })

/** The fields of a row: those that are columns, and those of its JSON, which has the last word. */
export const fieldsOf = (row: LookedUp & Pick<EventRow, "type" | "data">): Fields => {
  const data = JSON.parse(row.data) as Fields
  const columns = columnsOfFields.get(row.type)
  if (columns === undefined) return data
  const fields: Record<string, unknown> = {}
  for (const [name, column] of columns) fields[name] = row[column]
  return Object.assign(fields, data)
}
