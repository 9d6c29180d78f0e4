import type { RunId } from "../../../domain/ids.ts"
import type { Stored } from "../../EventLog.ts"
import type { EventRow } from "../chain.ts"
import { fromRow } from "../eventRow.ts"
import type { Ask } from "./connection.ts"

export interface LinkedRow extends EventRow {
  readonly link: string
}

const ofRun = `SELECT run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data,
    lower(hex(hash)) AS link
  FROM event WHERE run_id = ? AND pos BETWEEN ? AND ? ORDER BY pos LIMIT ?`

/** A run's own rows between two positions, the first of them. */
export const rowsBetween = (
  ask: Ask,
  runId: RunId,
  from: number,
  to: number,
  limit: number
): ReadonlyArray<LinkedRow> => ask<LinkedRow>(ofRun, [runId, from, to, limit])

/** The event of a row; throws a readable error if the row is not one. */
export const storedIn = (row: LinkedRow): Stored => fromRow(row, row.link)
