import type { SqlError } from "@effect/sql/SqlError"
import type { SqliteClient } from "@effect/sql-sqlite-node/SqliteClient"
import { Effect } from "effect"
import type { RunSummary } from "../../RunCatalogue.ts"
import type { BlobRow } from "../blob.ts"
import type { EventRow } from "../chain.ts"

/**
 * Rows per statement. Rows are inserted in statements of a few fixed sizes, so that there are few statements to
 * prepare and each one carries many rows.
 */
const sizes = [32, 8, 1] as const

export const insertEvents = (sql: SqliteClient, rows: ReadonlyArray<EventRow & { readonly hash: string }>) =>
  inChunks(
    sql,
    "INSERT INTO event (run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data, hash) VALUES ",
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "",
    rows.map((row) => [
      row.run_id,
      row.pos,
      row.type,
      row.ver,
      row.node_id,
      row.call_key,
      row.cause_pos,
      row.request_hash,
      row.at,
      row.data,
      Buffer.from(row.hash, "hex")
    ])
  )

export const insertBlobs = (sql: SqliteClient, blobs: ReadonlyArray<BlobRow>) =>
  inChunks(
    sql,
    "INSERT INTO blob (hash, size, encoding, content) VALUES ",
    "(?, ?, ?, ?)",
    " ON CONFLICT (hash) DO NOTHING",
    blobs.map(({ hash, size, encoding, content }) => [hash, size, encoding, content])
  )

export const upsertRuns = (sql: SqliteClient, summaries: ReadonlyArray<RunSummary>) =>
  inChunks(
    sql,
    "INSERT OR REPLACE INTO run (run_id, label, problem, language, model, status, programs, best_node, best_score, best_passed, best_total, started_at) VALUES ",
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "",
    summaries.map(({ best, ...run }) => [
      run.runId,
      run.label,
      run.problem,
      run.language,
      run.model,
      run.status,
      run.programs,
      best?.node ?? null,
      best?.score ?? null,
      best?.passed ?? null,
      best?.total ?? null,
      run.startedAt
    ])
  )

const inChunks = (
  sql: SqliteClient,
  head: string,
  row: string,
  tail: string,
  rows: ReadonlyArray<ReadonlyArray<unknown>>
): Effect.Effect<void, SqlError> =>
  Effect.gen(function* () {
    let done = 0
    while (done < rows.length) {
      const size = sizes.find((candidate) => candidate <= rows.length - done)!
      const statement = `${head}${Array.from({ length: size }, () => row).join(", ")}${tail}`
      yield* sql.unsafe(statement, rows.slice(done, done + size).flat())
      done += size
    }
  })
