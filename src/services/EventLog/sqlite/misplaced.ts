import { type Forms, storedOnce } from "../../../domain/eventForms.ts"
import type { Stored } from "../../EventLog.ts"
import type { EventRow } from "../chain.ts"
import { columnsOf } from "../eventRow.ts"

/** Where a run leaves its parent; both null for a run of its own. */
interface Beginning {
  readonly parent_id: string | null
  readonly parent_pos: number | null
}

/** What is wrong with a row beside what its hash, its place and its event's form say; undefined when nothing is. */
export const misplaced = (
  row: EventRow,
  { event }: Stored,
  { parent_id, parent_pos }: Beginning,
  forms: Forms
): string | undefined => {
  if (row.cause_pos !== null && (row.cause_pos < 0 || row.cause_pos >= row.pos)) {
    return `${row.type} has a cause that does not come before it, position ${row.cause_pos}`
  }
  const isFirst = parent_pos !== null && row.pos === parent_pos + 1
  const isFork = event._tag === "RunForked"
  if (isFirst !== isFork || (isFork && (event.parent !== parent_id || event.position !== parent_pos))) {
    return `${row.type} and the lineage do not say the same of where the run begins`
  }
  // What a version with other fields took for the columns is not known.
  if (forms[event._tag].slice(row.ver - 1).some((step) => step !== storedOnce)) return undefined
  const columns = Object.entries(columnsOf(event))
  const differing = columns.filter(([column, value]) => value !== row[column as keyof EventRow])
  return differing.length === 0
    ? undefined
    : `${row.type} is looked up by another ${differing.map(([column]) => column).join(", ")} than it has`
}
