import { createHash } from "node:crypto"

/** The columns of `event` as `docs/log.md` lists them. */
export interface Row {
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
  readonly link: string
}

/** The links of a run's chain, computed as the documentation says and by none of the log's own code. */
export const linksOf = (rows: ReadonlyArray<Row>): ReadonlyArray<string> => {
  let previous = "0000000000000000000000000000000000000000000000000000000000000000"
  return rows.map((row) => {
    const columns = [
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
    ]
    previous = createHash("sha256")
      .update(JSON.stringify([previous, ...columns]))
      .digest("hex")
    return previous
  })
}

/** All columns, the link in hexadecimal, in order. */
export const allRows =
  "SELECT run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data, lower(hex(hash)) AS link FROM event ORDER BY run_id, pos"
