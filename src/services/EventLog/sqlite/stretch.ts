import type { Forms } from "../../../domain/eventForms.ts"
import type { RunId } from "../../../domain/ids.ts"
import type { Stored } from "../../EventLog.ts"
import { fromRow } from "../eventRow.ts"
import type { AskLists } from "./connection.ts"

const ofRun = `SELECT pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data, lower(hex(hash))
  FROM event WHERE run_id = ? AND pos BETWEEN ? AND ? ORDER BY pos LIMIT ?`

type Row = readonly [
  pos: number,
  type: string,
  ver: number,
  node_id: string | null,
  call_key: string | null,
  cause_pos: number | null,
  request_hash: string | null,
  at: number,
  data: string,
  hash: string
]

/** A run's own rows between two positions, the first of them. */
export const rowsBetween = (
  ask: AskLists,
  runId: RunId,
  from: number,
  to: number,
  limit: number
): ReadonlyArray<Row> => ask<Row>(ofRun, [runId, from, to, limit])

/** The event of a row of a run; throws a readable error if the row is not one. */
export const storedIn = (
  run_id: RunId,
  [pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data, hash]: Row,
  forms: Forms
): Stored =>
  fromRow({ run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data }, hash, forms)
