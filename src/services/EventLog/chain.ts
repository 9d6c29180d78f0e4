import { sha256 } from "../../domain/hash.ts"

/** The columns of an event that the chain covers: all but `seq` and `hash`. */
export interface EventRow {
  readonly run_id: string
  readonly pos: number
  readonly type: string
  readonly ver: number
  readonly node_id: string | null
  readonly call_key: string | null
  readonly cause_pos: number | null
  readonly request_hash: string | null
  readonly at: number
  readonly data: string
}

/** What a run without a parent chains from. */
export const chainOrigin = "0".repeat(64)

/**
 * The next link of a run's chain: the SHA-256 of the JSON array of the previous link (64 hexadecimal digits) and the
 * columns in the order of the table.
 */
export const chainLink = (previous: string, row: EventRow): string =>
  sha256(
    JSON.stringify([
      previous,
      row.run_id,
      row.pos,
      row.type,
      row.ver,
      row.node_id,
      row.call_key,
      row.cause_pos,
      row.request_hash,
      row.at,
      row.data
    ])
  )
