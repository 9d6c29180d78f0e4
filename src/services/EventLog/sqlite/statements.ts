import type { RunId } from "../../../domain/ids.ts"
import type { Origin } from "../../EventLog.ts"
import type { BlobRow } from "../blob.ts"
import type { EventRow } from "../chain.ts"
import type { Projection } from "../runProjection.ts"
import type { Ask } from "./connection.ts"

/**
 * Rows per statement. Rows are inserted in statements of a few fixed sizes, so that there are few statements to
 * prepare and each one carries many rows.
 */
const sizes = [32, 8, 1] as const

type Parameters = ReadonlyArray<unknown>

/** Inserts rows of parameters. */
type Insert = (ask: Ask, rows: ReadonlyArray<Parameters>) => void

const inserting = (head: string, width: number, tail = ""): Insert => {
  const row = `(${Array.from({ length: width }, () => "?").join(", ")})`
  const statements = sizes.map((size) => ({
    size,
    text: `${head} VALUES ${Array.from({ length: size }, () => row).join(", ")}${tail}`
  }))
  return (ask, rows) => {
    let done = 0
    for (const { size, text } of statements) {
      for (; rows.length - done >= size; done += size) {
        const parameters: Array<unknown> = []
        for (let row = done; row < done + size; row++) parameters.push(...rows[row]!)
        ask(text, parameters)
      }
    }
  }
}

const intoEvent = inserting(
  "INSERT INTO event (run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data, hash)",
  11
)

export const insertEvents = (
  ask: Ask,
  rows: ReadonlyArray<{ readonly row: EventRow; readonly hash: string }>
) =>
  intoEvent(
    ask,
    rows.map(({ row, hash }) => [
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
      Buffer.from(hash, "hex")
    ])
  )

const intoLineage = inserting("INSERT INTO lineage (run_id)", 1)

/** Runs that have no parent. */
export const insertRoots = (ask: Ask, runIds: ReadonlyArray<RunId>) =>
  intoLineage(
    ask,
    runIds.map((runId) => [runId])
  )

const intoBranches = inserting("INSERT INTO lineage (run_id, parent_id, parent_pos)", 3)

/** Runs that continue another. */
export const insertBranches = (ask: Ask, branches: ReadonlyArray<readonly [RunId, Origin]>) =>
  intoBranches(
    ask,
    branches.map(([runId, { parent, position }]) => [runId, parent, position])
  )

const intoBlob = inserting(
  "INSERT INTO blob (hash, size, encoding, content)",
  4,
  " ON CONFLICT (hash) DO NOTHING"
)

export const insertBlobs = (ask: Ask, blobs: ReadonlyArray<BlobRow>) =>
  intoBlob(
    ask,
    blobs.map(({ hash, size, encoding, content }) => [hash, size, encoding, content])
  )

const intoRun = inserting(
  "INSERT OR REPLACE INTO run (run_id, label, problem, language, model, status, programs, best_node, best_score, best_passed, best_total, started_at)",
  12
)

export const upsertRuns = (ask: Ask, summaries: ReadonlyArray<Projection>) =>
  intoRun(
    ask,
    summaries.map(({ best, ...summary }) => [
      summary.runId,
      summary.label,
      summary.problem,
      summary.language,
      summary.model,
      summary.status,
      summary.programs,
      best?.node ?? null,
      best?.score ?? null,
      best?.passed ?? null,
      best?.total ?? null,
      summary.startedAt
    ])
  )
