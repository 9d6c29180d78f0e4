import { resolve } from "node:path"
import type Database from "better-sqlite3"
import type { RunId } from "../../../domain/ids.ts"
import type { TakenOver } from "../../LogImport.ts"
import { isAliveAt, type LeaseRow } from "./leases.ts"
import type { WaitingRuns } from "./WaitingRuns.ts"

/** What became of the attempt; only in the first case something was written. */
export type Outcome =
  | { readonly _tag: "TakenOver"; readonly runs: ReadonlyArray<TakenOver> }
  | { readonly _tag: "Differ"; readonly run: RunId; readonly pos: number }
  | { readonly _tag: "Held"; readonly run: RunId; readonly lease: LeaseRow }

const columns = "run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data, hash"

/** Opens a log beside the runs that wait; it has to have its tables. */
export const attach = ({ database }: WaitingRuns, file: string): void => {
  database.pragma("busy_timeout = 50")
  database.pragma("foreign_keys = ON")
  database.prepare("ATTACH DATABASE ? AS log").run(resolve(file))
  database.pragma("log.synchronous = FULL")
}

/**
 * Brings all runs that wait into the log, in one transaction: nothing in here waits for anything. A run that the log
 * has must be the same as far as both go; the longer one stays. Throws what SQLite throws, after a rollback.
 *
 * @param now in ms since 1970
 */
export const takeOver = (waiting: WaitingRuns, now: number): Outcome => {
  const { database } = waiting
  database.exec("BEGIN IMMEDIATE")
  let outcome: Outcome | undefined
  try {
    outcome = takenOver(waiting, now)
    if (outcome._tag === "TakenOver") database.exec("COMMIT")
    return outcome
  } finally {
    if (database.inTransaction) database.exec("ROLLBACK")
  }
}

const takenOver = (waiting: WaitingRuns, now: number): Outcome => {
  const { database } = waiting
  const lastPosition = database.prepare("SELECT max(pos) FROM log.event WHERE run_id = ?").pluck()
  const leaseOf = database.prepare("SELECT * FROM log.lease WHERE run_id = ?")
  const addLineage = database.prepare(
    "INSERT INTO log.lineage (run_id, parent_id, parent_pos) VALUES (?, ?, ?)"
  )
  const addEvents = database.prepare(
    `INSERT INTO log.event (${columns}) SELECT ${columns} FROM main.event WHERE run_id = ? AND pos > ? ORDER BY pos`
  )
  const runs: Array<TakenOver> = []
  for (const run of waiting.runs) {
    const origin = waiting.originOf(run)
    const theirs = waiting.lastOf(run)!
    const ours = lastPosition.get(run) as number | null
    if (ours !== null) {
      const pos = firstDifference(waiting, run, (origin?.position ?? -1) + 1, Math.min(ours, theirs))
      if (pos !== undefined) return { _tag: "Differ", run, pos }
      if (ours >= theirs) {
        runs.push({ run, outcome: "known", events: 0 })
        continue
      }
      const lease = leaseOf.get(run) as LeaseRow | undefined
      if (isAliveAt(lease, now)) return { _tag: "Held", run, lease }
    } else {
      addLineage.run(run, origin?.parent ?? null, origin?.position ?? null)
    }
    const { changes: events } = addEvents.run(run, ours ?? -1)
    runs.push({ run, outcome: ours === null ? "added" : "extended", events })
    project(database, waiting, run)
  }
  // Of known runs, too: their texts may have been taken out of this log, or be lacking in the other.
  database.exec(
    `INSERT INTO log.blob (hash, size, encoding, content) SELECT hash, size, encoding, content FROM main.blob
      WHERE true ON CONFLICT (hash) DO NOTHING;
    INSERT INTO log.redacted (hash, at) SELECT hash, at FROM main.redacted WHERE true ON CONFLICT (hash) DO NOTHING`
  )
  return { _tag: "TakenOver", runs }
}

/**
 * Where a run here and the one that waits part, from the first position to the last that both have. Each link of a chain
 * stands for all before it, so that the place is found by halving.
 */
const firstDifference = (
  waiting: WaitingRuns,
  run: RunId,
  first: number,
  last: number
): number | undefined => {
  const hashHere = waiting.database
    .prepare("SELECT lower(hex(hash)) FROM log.event WHERE run_id = ? AND pos = ?")
    .pluck()
  const isSame = (pos: number) => hashHere.get(run, pos) === waiting.hashAt(run, pos)
  if (isSame(last)) return undefined
  let [low, high] = [first, last]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (isSame(middle)) low = middle + 1
    else high = middle
  }
  return low
}

const project = (database: Database.Database, waiting: WaitingRuns, run: RunId): void => {
  const summary = waiting.projectionOf(run)
  if (summary === undefined) return
  const { label, problem, language, model, status, programs, best, startedAt } = summary
  database
    .prepare(`INSERT OR REPLACE INTO log.run (run_id, label, problem, language, model, status, programs, best_node,
        best_score, best_passed, best_total, started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    .run(
      run,
      label,
      problem,
      language,
      model,
      status,
      programs,
      best?.node ?? null,
      best?.score ?? null,
      best?.passed ?? null,
      best?.total ?? null,
      startedAt
    )
}
