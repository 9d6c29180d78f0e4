import type { Forms } from "../../../domain/eventForms.ts"
import type { RunId } from "../../../domain/ids.ts"
import type { Stored } from "../../EventLog.ts"
import { fromRow } from "../eventRow.ts"
import type { Ask } from "./connection.ts"
import { columns, type LinkedRow } from "./eventPages.ts"

const ofRun = `SELECT ${columns} FROM event WHERE run_id = ? AND pos BETWEEN ? AND ? ORDER BY pos LIMIT ?`

/** A run's own rows between two positions, the first of them. */
export const rowsBetween = (
  ask: Ask,
  runId: RunId,
  from: number,
  to: number,
  limit: number
): ReadonlyArray<LinkedRow> => ask<LinkedRow>(ofRun, [runId, from, to, limit])

/** The event of a row; throws a readable error if the row is not one. */
export const storedIn = (row: LinkedRow, forms: Forms): Stored => fromRow(row, row.link, forms)
