import { inflateSync } from "node:zlib"
import Database from "better-sqlite3"

/** All that a log holds but for the order of its file and for leases, as text; what is packed is unpacked, since others may pack it otherwise. */
export const tablesOf = (file: string): ReadonlyArray<string> => {
  const database = new Database(file, { readonly: true })
  database.function("unpacked", (encoding, content) =>
    encoding === "deflate" ? inflateSync(content as Buffer) : content
  )
  const all = (sql: string) => JSON.stringify(database.prepare(sql).all())
  // A log that an older version made has no redactions, nor a table for them.
  const redactions = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'redacted'").get()
  const tables = [
    `SELECT run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data, hex(hash) FROM event
      ORDER BY run_id, pos`,
    "SELECT hash, size, hex(unpacked(encoding, content)) FROM blob ORDER BY hash",
    redactions === undefined ? "SELECT 1 WHERE 0" : "SELECT * FROM redacted ORDER BY hash",
    "SELECT * FROM lineage ORDER BY run_id",
    "SELECT * FROM run ORDER BY run_id"
  ].map(all)
  database.close()
  return tables
}
